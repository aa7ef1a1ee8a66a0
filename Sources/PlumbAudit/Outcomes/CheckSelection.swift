/// Which checks of a script run: `--only 'inv-*'`, `--only group=inventory`.
package struct CheckSelection: Sendable {
  private var conditions: [Condition] = []

  private enum Condition: Sendable {
    case id(GlobPattern)
    case exactID(String)
    case group(GlobPattern)
    case severity(CheckSeverity)
    case reference(GlobPattern)
  }

  /// Selects every check.
  package init() {}

  /// Adds checks to those that run; nil when the text is no condition.
  ///
  /// `PATTERN` and `id=PATTERN` are about the id, `group=PATTERN` and `ref=PATTERN` about group and
  /// control references, `severity=LEVEL` takes the checks of that severity and above.
  package mutating func add(_ text: String) -> Bool {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      guard !text.isEmpty else { return false }
      conditions.append(.id(GlobPattern(text)))
      return true
    }
    let value = String(parts[1])
    switch parts[0] {
    case "id": conditions.append(.id(GlobPattern(value)))
    case "group": conditions.append(.group(GlobPattern(value)))
    case "ref": conditions.append(.reference(GlobPattern(value)))
    case "severity":
      guard let severity = CheckSeverity(rawValue: value) else { return false }
      conditions.append(.severity(severity))
    default: return false
    }
    return true
  }

  /// Adds the one check of an id.
  package mutating func add(exactly id: String) { conditions.append(.exactID(id)) }

  /// Whether a check runs. Without conditions all do, else those that meet one of them.
  package func includes(_ check: CheckDefinition) -> Bool {
    conditions.isEmpty
      || conditions.contains { condition in
        switch condition {
        case .id(let pattern): pattern.matches(check.id)
        case .exactID(let id): check.id == id
        case .group(let pattern): check.group.map(pattern.matches) ?? false
        case .severity(let severity): check.severity >= severity
        case .reference(let pattern): check.references.contains(where: pattern.matches)
        }
      }
  }
}
