import PlumbColumns
import PlumbFunctions

/// Which expressions can raise an error for some row.
///
/// No rule may make an error appear or vanish, so what can fail is computed for exactly the rows
/// for which the program asks. Queries inside expressions run once, whatever the rows.
extension ResolvedExpression {
  /// Whether some row can raise an error.
  package var canFail: Bool {
    switch self {
    case .literal, .column, .scalarQuery: return false
    case .negate(let operand, let operation):
      return operation.type != .float || operand.canFail
    case .arithmetic(let symbol, let left, let right, let operation):
      return left.canFail || right.canFail
        || Self.canOverflow(symbol, left, right, operation.type)
    case .matches(let text, let pattern, _):
      // A pattern may be malformed, and a match may run into its limits.
      guard case .string(let pattern)? = pattern.literalValue else { return true }
      return text.canFail || !Self.isHarmlessPattern(pattern)
    case .call(let call):
      return !FailureFreeFunctions.scalars.contains(call.function.name)
        || call.lambdas.values.contains { $0.body.canFail }
        || call.arguments.contains(where: \.canFail)
    case .interpolation(let pieces, _):
      return pieces.contains { piece in
        guard case .value(let expression, let format) = piece else { return false }
        return !format.isEmpty || expression.canFail
      }
    case .rowFunction: return true
    case .convert, .compare, .not, .and, .or, .conditional, .coalesce, .isInSet, .isInList,
      .isInQuery, .field, .element, .list, .record:
      return children.contains(where: \.canFail)
    }
  }

  /// Whether a regular expression is sure to compile, and to match without backtracking.
  private static func isHarmlessPattern(_ pattern: String) -> Bool {
    let bytes =
      pattern.utf8.starts(with: "(?i)".utf8) ? pattern.utf8.dropFirst(4) : pattern.utf8[...]
    return bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: " "), UInt8(ascii: "|"),
        UInt8(ascii: "^"), UInt8(ascii: "$"), 0x80...:
        true
      default: false
      }
    }
  }

  private static func canOverflow(
    _ symbol: ArithmeticOperator, _ left: ResolvedExpression, _ right: ResolvedExpression,
    _ type: DataType
  ) -> Bool {
    switch type {
    case .float, .string, .list: return false
    case .null, .bool, .int, .timestamp, .duration, .record: break
    }
    switch (symbol, right.literalValue) {
    case (.floorDivide, .int(let divisor)?), (.floorDivide, .duration(let divisor)?):
      return divisor == 0 || divisor == -1
    case (.remainder, .int(let divisor)?), (.remainder, .duration(let divisor)?):
      return divisor == 0
    default: return true
    }
  }

  /// Whether leaving the expression out would lose an error.
  package var mustRun: Bool { canFail || hasQueries }
}

extension AggregateCall {
  /// Whether the aggregate can raise an error for some rows.
  var canFail: Bool {
    if arguments.contains(where: \.canFail) || condition?.canFail == true { return true }
    if FailureFreeFunctions.aggregates.contains(function.name) { return false }
    // Sums of floats cannot leave their range.
    return
      !(FailureFreeFunctions.floatAggregates.contains(function.name)
      && arguments.first?.type == .float)
  }

  /// Whether leaving the aggregate out would lose an error.
  package var mustRun: Bool {
    canFail || arguments.contains(where: \.hasQueries) || condition?.hasQueries == true
  }
}

extension WindowFunctionCall {
  /// Whether the function can raise an error for some rows.
  var canFail: Bool {
    switch kind {
    case .aggregate(let call, _): call.canFail
    case .function(let function, _, let arguments, let type, _):
      arguments.contains(where: \.canFail)
        || !(FailureFreeFunctions.windows.contains(function.name)
          || (FailureFreeFunctions.floatWindows.contains(function.name) && type == .float))
    }
  }

  /// Whether leaving the function out would lose an error.
  package var mustRun: Bool {
    switch kind {
    case .aggregate(let call, _): call.mustRun
    case .function(_, _, let arguments, _, _):
      canFail || arguments.contains(where: \.hasQueries)
    }
  }
}
