package import PlumbDiagnostics

/// An expression.
package indirect enum Expression: Sendable {
  /// A number, timestamp, duration, bool or null.
  case literal(Literal)
  /// A string without interpolation, of whatever quoting.
  case string(StringLiteral)
  /// `f"…{x:.3f}…"`
  case interpolation(Interpolation)
  /// A name: a column first, then a variable. ``Name/text`` is `_` for the last result.
  case name(Name)
  /// `$name`: always the variable. The name's text is without the `$`.
  case variable(Name)
  /// `base.name`
  case member(Member)
  /// `base[index]`
  case index(Index)
  /// `callee(arguments)`
  case call(Call)
  /// `-x`, `not x`
  case unary(Unary)
  /// Two operands and an operator, a single comparison included.
  case binary(Binary)
  /// Two or more comparisons in a row: `0.5 < auc <= 0.9`.
  case comparisonChain(ComparisonChain)
  /// `x between a and b`, `x not between a and b`
  case between(Between)
  /// `x in y`, `x not in y`
  case membership(Membership)
  /// `a..b`
  case range(Range)
  /// `[a, b]`
  case list(List)
  /// `{name: value}`
  case record(Record)
  /// `if c then a else b`
  case conditional(Conditional)
  /// `case { c1: v1, else: v2 }`
  case choice(Choice)
  /// `fn (x) => e`
  case lambda(Lambda)
  /// `head | stage | …`
  case pipeline(Pipeline)
  /// `(e)`, kept so that the formatter and precedence checks see it.
  case parenthesized(Parenthesized)
  /// What stands for an expression that has an error; the error is already reported.
  case malformed(SourceRange)

  /// Where the expression stands.
  package var range: SourceRange {
    switch self {
    case .literal(let node): node.range
    case .string(let node): node.range
    case .interpolation(let node): node.range
    case .name(let node), .variable(let node): node.range
    case .member(let node): node.range
    case .index(let node): node.range
    case .call(let node): node.range
    case .unary(let node): node.range
    case .binary(let node): node.range
    case .comparisonChain(let node): node.range
    case .between(let node): node.range
    case .membership(let node): node.range
    case .range(let node): node.range
    case .list(let node): node.range
    case .record(let node): node.range
    case .conditional(let node): node.range
    case .choice(let node): node.range
    case .lambda(let node): node.range
    case .pipeline(let node): node.range
    case .parenthesized(let node): node.range
    case .malformed(let range): range
    }
  }

  /// The expression inside any number of parentheses.
  package var withoutParentheses: Expression {
    var expression = self
    while case .parenthesized(let node) = expression { expression = node.expression }
    return expression
  }
}

extension Expression {
  /// `base.name`; the name may be backquoted.
  package struct Member: Sendable {
    package var base: Expression
    package var name: Name
    package var range: SourceRange
  }

  /// `base[index]`.
  package struct Index: Sendable {
    package var base: Expression
    package var index: Expression
    package var range: SourceRange
  }

  /// A call; named arguments follow positional ones.
  package struct Call: Sendable {
    /// An argument with its name, if it has one.
    package struct Argument: Sendable {
      package var name: Name?
      /// An expression, or ``Expression/pipeline(_:)``.
      package var value: Expression
      package var range: SourceRange {
        name.map { $0.range.union(value.range) } ?? value.range
      }
    }

    /// A name, a member (`drift.report`), or any expression that gives a function.
    package var callee: Expression
    package var arguments: [Argument]
    package var range: SourceRange

    package init(callee: Expression, arguments: [Argument], range: SourceRange) {
      self.callee = callee
      self.arguments = arguments
      self.range = range
    }
  }

  /// A prefix operator and its operand.
  package struct Unary: Sendable {
    package var operation: UnaryOperator
    package var operatorRange: SourceRange
    package var operand: Expression
    package var range: SourceRange { operatorRange.union(operand.range) }
  }

  /// Two operands and the operator between them.
  ///
  /// Long chains of `and` or of `or` arrive as a balanced tree, since they are associative.
  package struct Binary: Sendable {
    package var operation: BinaryOperator
    package var operatorRange: SourceRange
    package var left: Expression
    package var right: Expression
    package var range: SourceRange { left.range.union(right.range) }
  }

  /// `a < b <= c`: true when each neighbour pair compares so; each operand is evaluated once.
  package struct ComparisonChain: Sendable {
    /// An operator and the operand at its right.
    package struct Link: Sendable {
      package var operation: BinaryOperator
      package var operatorRange: SourceRange
      package var operand: Expression
    }

    package var first: Expression
    /// Two or more links.
    package var links: [Link]
    package var range: SourceRange
  }

  /// `value between lower and upper`, both ends included.
  package struct Between: Sendable {
    package var value: Expression
    package var isNegated: Bool
    package var lower: Expression
    package var upper: Expression
    package var range: SourceRange { value.range.union(upper.range) }
  }

  /// `value in collection`.
  package struct Membership: Sendable {
    package var value: Expression
    package var isNegated: Bool
    /// A list, a range, a list column, or a pipeline of one column in parentheses.
    package var collection: Expression
    package var range: SourceRange { value.range.union(collection.range) }
  }

  /// `lower..upper`, both ends included.
  package struct Range: Sendable {
    package var lower: Expression
    package var upper: Expression
    package var range: SourceRange { lower.range.union(upper.range) }
  }

  /// `[a, b]`.
  package struct List: Sendable {
    package var elements: [Expression]
    package var range: SourceRange
  }

  /// `{name: value, "odd key": value}`.
  package struct Record: Sendable {
    /// A key and its value.
    package struct Field: Sendable {
      package var key: Name
      package var value: Expression
    }

    package var fields: [Field]
    package var range: SourceRange
  }

  /// `if condition then consequence else alternative`.
  package struct Conditional: Sendable {
    package var condition: Expression
    package var consequence: Expression
    package var alternative: Expression
    package var range: SourceRange
  }

  /// `case { c1: v1, c2: v2, else: v3 }`; null when nothing matches and there is no `else`.
  package struct Choice: Sendable {
    /// A condition and the value that it selects.
    package struct Arm: Sendable {
      package var condition: Expression
      package var value: Expression
    }

    package var arms: [Arm]
    package var otherwise: Expression?
    package var range: SourceRange
  }

  /// `fn (x, y) => body`.
  package struct Lambda: Sendable {
    package var parameters: [FunctionParameter]
    package var body: Expression
    package var range: SourceRange
  }

  /// `(expression)`.
  package struct Parenthesized: Sendable {
    /// An expression, or ``Expression/pipeline(_:)``.
    package var expression: Expression
    package var range: SourceRange
  }
}
