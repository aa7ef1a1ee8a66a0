package import PlumbColumns
package import PlumbDiagnostics
package import PlumbFunctions

/// A key of an order. Null sorts last in both directions, NaN before null.
package struct OrderKey: Sendable {
  package let expression: ResolvedExpression
  package let isDescending: Bool

  package init(_ expression: ResolvedExpression, isDescending: Bool) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

/// A pair of expressions of one type that must be equal, one over each input.
package struct KeyPair: Sendable {
  package let left: ResolvedExpression
  package let right: ResolvedExpression

  package init(left: ResolvedExpression, right: ResolvedExpression) {
    self.left = left
    self.right = right
  }
}

/// A column of the right input of a join under its name in the output.
package struct RightColumn: Sendable {
  package let name: String
  package let outputName: String

  package init(name: String, outputName: String) {
    self.name = name
    self.outputName = outputName
  }
}

/// An aggregate over the rows of a group, and the name of its column.
package struct AggregateCall: Sendable {
  package let name: String
  package let function: AggregateFunction
  package let overload: AggregateFunction.Overload
  /// An argument per parameter, converted; constant ones are literals.
  package let arguments: [ResolvedExpression]
  /// Only rows for which this is true count (`where = …`).
  package let condition: ResolvedExpression?
  package let type: DataType
  package let range: SourceRange?

  package init(
    name: String, function: AggregateFunction, overload: AggregateFunction.Overload,
    arguments: [ResolvedExpression], condition: ResolvedExpression?, type: DataType,
    range: SourceRange? = nil
  ) {
    self.name = name
    self.function = function
    self.overload = overload
    self.arguments = arguments
    self.condition = condition
    self.type = type
    self.range = range
  }

  /// The same call over the rows where a condition is true alone; its arguments are not computed
  /// on the others, so that what fails there is no error.
  func counting(where condition: ResolvedExpression) -> AggregateCall {
    AggregateCall(
      name: name, function: function, overload: overload,
      arguments: arguments.map { argument in
        guard argument.canFail else { return argument }
        return .conditional(
          [ResolvedExpression.Branch(condition, argument)],
          otherwise: .literal(.null, argument.type), argument.type)
      }, condition: self.condition.map { .and([condition, $0]) } ?? condition, type: type,
      range: range)
  }

  /// What the accumulator is made from.
  package var setup: AggregateSetup {
    var constants: [Int: Value] = [:]
    for (index, parameter) in overload.parameters.enumerated()
    where parameter.isConstant && index < arguments.count {
      constants[index] = arguments[index].literalValue
    }
    return AggregateSetup(
      types: arguments.map(\.type), constants: constants, resultType: type)
  }
}

/// A column that the `window` stage adds.
package struct WindowFunctionCall: Sendable {
  package let name: String
  package let kind: Kind

  package enum Kind: Sendable {
    case function(
      WindowFunction, WindowFunction.Overload, arguments: [ResolvedExpression], type: DataType,
      range: SourceRange?)
    /// An aggregate over the frame of each row (the whole group without one).
    case aggregate(AggregateCall, frame: RowBounds?)
  }

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  package var type: DataType {
    switch kind {
    case .function(_, _, _, let type, _): type
    case .aggregate(let call, _): call.type
    }
  }
}

/// `rows A..B`: rows of a frame relative to the current one; no lower bound is the group's start.
package struct RowBounds: Sendable {
  package let lower: Int?
  package let upper: Int

  package init(lower: Int?, upper: Int) {
    self.lower = lower
    self.upper = upper
  }
}
