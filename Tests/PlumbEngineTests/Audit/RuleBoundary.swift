import Testing

/// A limit of a rule: a portfolio that keeps to it exactly, and one that is just beyond it.
struct RuleBoundary: Sendable, CustomTestStringConvertible {
  let rule: String
  let limit: String
  /// What both portfolios have, beside the healthy one.
  var given: [Edit] = []
  let kept: [Edit]
  let broken: [Edit]

  var testDescription: String { "\(rule), \(limit)" }

  init(_ rule: String, _ limit: String, given: [Edit] = [], kept: [Edit], broken: [Edit]) {
    self.rule = rule
    self.limit = limit
    self.given = given
    self.kept = kept
    self.broken = broken
  }

  /// A limit that one column holds, with the value on either side.
  init(
    _ rule: String, _ limit: String, given: [Edit] = [], _ table: String, _ condition: String,
    _ column: String, kept: String, broken: String
  ) {
    self.init(
      rule, limit, given: given, kept: [.set(table, condition, "\(column)=\(kept)")],
      broken: [.set(table, condition, "\(column)=\(broken)")])
  }

  /// A change of a table; conditions and values are written `column=value;column=value`.
  enum Edit: Sendable {
    case set(String, String, String)
    case add(String, String)
    case delete(String, String)
    case file(String, String)
  }
}

extension Portfolio {
  mutating func apply(_ edits: [RuleBoundary.Edit]) {
    for edit in edits {
      switch edit {
      case .set(let table, let condition, let values):
        set(table, where: Self.pairs(condition), Self.pairs(values))
      case .add(let table, let values):
        let values = Self.pairs(values)
        for (name, _) in values { complete(table, name) }
        add(table, values)
      case .delete(let table, let condition): remove(table, where: Self.pairs(condition))
      case .file(let name, let text): files[name] = text
      }
    }
  }

  /// Gives a table an empty column unless it has one of that name.
  private mutating func complete(_ name: String, _ column: String) {
    guard var table = tables[name], !table.columns.contains(column) else { return }
    table.columns.append(column)
    table.rows = table.rows.map { $0 + [""] }
    tables[name] = table
  }

  private static func pairs(_ text: String) -> [(String, String)] {
    text.split(separator: ";").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }
}
