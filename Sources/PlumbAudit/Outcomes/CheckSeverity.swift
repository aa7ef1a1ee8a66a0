/// How much the failure of a check weighs.
package enum CheckSeverity: String, Sendable, CaseIterable, Comparable {
  case info
  case low
  case medium
  case high
  case critical

  /// What a check has that names none.
  package static let standard = CheckSeverity.medium

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  package static func < (left: CheckSeverity, right: CheckSeverity) -> Bool {
    left.rank < right.rank
  }

  /// The severity for a subject of a risk tier: one step up for `critical`, one down for `low`.
  ///
  /// A tier that is missing or not one of the four counts as critical: what nobody has classified
  /// is not treated as harmless. `info` stays what it is.
  package func shifted(byTier tier: String?) -> CheckSeverity {
    guard self != .info else { return self }
    switch tier?.lowercased() {
    case "high", "medium": return self
    case "low": return Self.allCases[max(rank - 1, 1)]
    default: return Self.allCases[min(rank + 1, Self.allCases.count - 1)]
    }
  }
}
