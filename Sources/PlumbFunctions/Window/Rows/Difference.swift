import PlumbColumns

extension WindowFunction {
  static let diff = WindowFunction(
    "diff",
    summary: "The value of `x` less its value so many rows before.",
    details: """
      Of times and durations a duration. Null on the first `n` rows of a group and where one of \
      the two is null. A difference of ints that leaves 64 bits is an error.
      """,
    overloads: [
      Overload(parameters(.int), result: .always(.int)) { (call) throws(FunctionError) in
        try call.integerDifferences()
      },
      Overload(parameters(.float), result: .always(.float)) { (call) throws(FunctionError) in
        try call.floatDifferences { $0 - $1 }
      },
      Overload(parameters(.duration), result: .always(.duration)) {
        (call) throws(FunctionError) in try call.integerDifferences()
      },
      Overload(parameters(.timestamp), result: .always(.duration)) {
        (call) throws(FunctionError) in try call.integerDifferences()
      },
    ],
    examples: [
      Example("table([{x: 3}, {x: 5}]) | window d = diff(x) | tail 1 | select d", "2"),
      Example("table([{x: 3}, {x: 5}]) | window d = diff(x) | take 1 | select d", "null"),
      Example("table([{x: null}, {x: 5}]) | window d = diff(x) | tail 1 | select d", "null"),
      Example("table([{x: nan}, {x: 5.0}]) | window d = diff(x) | tail 1 | select d", "NaN"),
      Example(
        "table([{x: @2026-11-23}, {x: @2026-11-24}]) | window d = diff(x) | tail 1 | select d",
        "1d"),
      Example("table([{x: 1}]) | where x > 1 | window d = diff(x) | summarize count()", "0"),
      Example(
        "table([{x: -9223372036854775807}, {x: 2}]) | window d = diff(x)",
        "error: the difference does not fit 64 bits; use `diff(float(x))`"),
    ])

  static let pctChange = WindowFunction(
    "pct_change",
    summary: "The relative change of `x` from its value so many rows before: 0.1 for 10 % more.",
    details: """
      Null on the first `n` rows of a group and where one of the two is null. From 0, as division \
      has it, an infinity or NaN.
      """,
    overloads: [
      Overload(parameters(.float), result: .always(.float)) { (call) throws(FunctionError) in
        try call.floatDifferences { $0 / $1 - 1 }
      }
    ],
    examples: [
      Example("table([{x: 4}, {x: 5}]) | window d = pct_change(x) | tail 1 | select d", "0.25"),
      Example("table([{x: null}, {x: 5}]) | window d = pct_change(x) | tail 1 | select d", "null"),
      Example("table([{x: nan}, {x: 5.0}]) | window d = pct_change(x) | tail 1 | select d", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | window d = pct_change(x) | summarize count()", "0"),
      Example(
        "table([{x: 1}]) | window d = pct_change(x, null)",
        "error: `n` must be a constant int, not null"),
    ])

  private static func parameters(_ pattern: TypePattern) -> [Parameter] {
    [Parameter("x", pattern), Parameter("n", .int, default: .int(1), isConstant: true)]
  }
}

extension WindowCall {
  /// For each row the result of its value and the value `n` rows before, where both are there.
  @inline(__always)
  fileprivate func floatDifferences(
    _ difference: (Double, Double) -> Double
  ) throws(FunctionError) -> Column {
    let values = arguments[0].doubles()
    let source = values.pointer
    let result = Buffer<Double>(repeating: 0, count: count)
    let validity = try forEachPair { row, earlier in
      result.base[row] = difference(source[row], source[earlier])
    }
    withExtendedLifetime(values) {}
    return Column(
      type: .float, count: count, storage: .float(Values(result)), validity: validity)
  }

  fileprivate func integerDifferences() throws(FunctionError) -> Column {
    let values = arguments[0].integers()
    let source = values.pointer
    let result = Buffer<Int>(repeating: 0, count: count)
    let validity = try forEachPair { (row, earlier) throws(FunctionError) in
      let (difference, overflow) = source[row].subtractingReportingOverflow(source[earlier])
      if overflow {
        throw FunctionError(
          "the difference does not fit 64 bits; use `diff(float(x))`", kind: .overflow)
      }
      result.base[row] = difference
    }
    withExtendedLifetime(values) {}
    return Column(
      type: resultType, count: count, storage: .int64(Values(result)), validity: validity)
  }

  /// Calls `body` for each row and the row `n` before it in its group, where neither is null, and
  /// gives the validity of those rows.
  @inline(__always)
  private func forEachPair(
    _ body: (Int, Int) throws(FunctionError) -> Void
  ) throws(FunctionError) -> Bitmap? {
    let distance = try constantInt(1, "n")
    let present = arguments[0].presence
    var validity = RowValidity(count: count)
    try forEachGroup { (start, end) throws(FunctionError) in
      let length = end - start
      let gap = Int(Swift.min(distance.magnitude, UInt(length)))
      let (first, last) = distance >= 0 ? (start + gap, end) : (start, end - gap)
      let shift = distance >= 0 ? -gap : gap
      for row in first..<last {
        guard present?[row] ?? true, present?[row &+ shift] ?? true else { continue }
        try body(row, row &+ shift)
        validity.set(row, true)
      }
    }
    return validity.finish()
  }
}
