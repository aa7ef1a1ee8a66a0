import PlumbColumns
import PlumbFunctions

extension ResolvedExpression {
  /// Whether the other expression is certain to have the same value for every row.
  ///
  /// Kinds of expressions of which this is hard to tell are never the same.
  func isSame(as other: ResolvedExpression) -> Bool {
    switch (self, other) {
    case (.column(let a, _), .column(let b, _)): a == b
    case (.literal(let a, let type), .literal(let b, let otherType)):
      type == otherType && Self.isSameLiteral(a, b)
    case (.convert(let a, let type), .convert(let b, let otherType)):
      type == otherType && a.isSame(as: b)
    case (.negate(let a, _), .negate(let b, _)), (.not(let a), .not(let b)): a.isSame(as: b)
    case (.arithmetic(let symbol, let a, let b, _), .arithmetic(let otherSymbol, let c, let d, _)):
      symbol == otherSymbol && a.isSame(as: c) && b.isSame(as: d)
    case (.compare(let symbol, let a, let b), .compare(let otherSymbol, let c, let d)):
      symbol == otherSymbol && a.isSame(as: c) && b.isSame(as: d)
    case (.and(let a), .and(let b)), (.or(let a), .or(let b)): Self.areSame(a, b)
    case (.coalesce(let a, let type), .coalesce(let b, let otherType)):
      type == otherType && Self.areSame(a, b)
    case (.field(let a, let index, _), .field(let b, let otherIndex, _)):
      index == otherIndex && a.isSame(as: b)
    case (.call(let a), .call(let b)):
      a.function.name == b.function.name && a.type == b.type && a.lambdas.isEmpty
        && b.lambdas.isEmpty && Self.areSame(a.arguments, b.arguments)
    default: false
    }
  }

  private static func areSame(_ a: [ResolvedExpression], _ b: [ResolvedExpression]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
  }

  private static func isSameLiteral(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.float(let x), .float(let y)): x.bitPattern == y.bitPattern
    case (.list, _), (.record, _): false
    default: a == b
    }
  }
}
