/// What the comparison of a feature's two samples gave, before p-values are corrected.
package struct DriftFinding: Sendable {
  /// The method's name; empty where none applies.
  package var method: String
  package var statistic: Double?
  package var pValue: Double?
  package var rule = DriftRule.none
  package var effects = DriftEffects()
  /// How the numbers came about: bins, edges, floor, base, exact or asymptotic.
  package var recipe = ""
  /// What a reader must know, such as why nothing can be said.
  package var notes: [String] = []

  package init(method: String) { self.method = method }

  /// A finding that says nothing but why.
  package static func undecided(_ method: String, _ note: String) -> DriftFinding {
    var finding = DriftFinding(method: method)
    finding.notes = [note]
    return finding
  }
}

/// The sizes of a change that stand beside a p-value.
package struct DriftEffects: Sendable {
  package var psi: Double?
  /// What the `psi` of unchanged samples of these sizes stays below in 95 of 100 cases.
  package var unchangedPSI: Double?
  /// The distance of Wasserstein over the reference's standard deviation.
  package var wassersteinNorm: Double?
  /// The distance of Jensen and Shannon in base 2.
  package var jensenShannon: Double?

  package init() {}
}

/// When a feature counts as drifted.
package enum DriftRule: Sendable, Equatable {
  /// Nothing decides.
  case none
  /// When the corrected p-value is below the limit, or at it if that counts.
  case pValue(below: Double, orAt: Bool)
  /// When the statistic reaches the limit.
  case statistic(from: Double)
  /// When the statistic exceeds the limit.
  case statisticAbove(Double)
  /// When the corrected p-value is below `alpha` and the effect reaches the threshold; where there
  /// is no effect, the p-value alone.
  case pValueAndEffect(alpha: Double, effect: Double?, threshold: Double)

  /// The limit as the result shows it.
  package var threshold: Double? {
    switch self {
    case .none: nil
    case .pValue(let limit, _), .statistic(let limit), .statisticAbove(let limit): limit
    case .pValueAndEffect(_, _, let threshold): threshold
    }
  }

  /// Whether the feature drifted; absent where nothing can be said.
  package func verdict(statistic: Double?, correctedP: Double?) -> Bool? {
    switch self {
    case .none: nil
    case .pValue(let limit, let orAt):
      correctedP.flatMap { $0.isNaN ? nil : $0 < limit || (orAt && $0 == limit) }
    case .statistic(let limit): statistic.flatMap { $0.isNaN ? nil : $0 >= limit }
    case .statisticAbove(let limit): statistic.flatMap { $0.isNaN ? nil : $0 > limit }
    case .pValueAndEffect(let alpha, let effect, let threshold):
      correctedP.flatMap { p in
        p.isNaN ? nil : p < alpha && (effect.map { $0 >= threshold } ?? true)
      }
    }
  }
}
