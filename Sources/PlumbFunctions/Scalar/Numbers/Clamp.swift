import PlumbColumns

extension ScalarFunction {
  static let clamp = ScalarFunction(
    "clamp", topic: "numbers",
    summary: "A value moved to the nearest end of a range, if it is outside.",
    details: """
      For numbers, text, times and durations. NaN stays NaN. A low end above the high \
      end is an error.
      """,
    overloads: [
      Overload(
        [
          Parameter("x", .variable("T")), Parameter("low", .variable("T")),
          Parameter("high", .variable("T")),
        ], result: .unified
      ) { (call) throws(FunctionError) in
        let (x, low, high) = (call.arguments[0], call.arguments[1], call.arguments[2])
        if call.resultType == .float {
          let (values, lows, highs) = (x.doubles(), low.doubles(), high.doubles())
          return try call.tryFloatRows { (row) throws(FunctionError) in
            let (a, b) = (lows[row], highs[row])
            guard !(a > b) else { throw reversedRange(.float(a), .float(b)) }
            let value = values[row]
            return value < a ? a : value > b ? b : value
          }
        }
        var picks = [UInt8](repeating: 0, count: call.count)
        for row in 0..<call.count where call.isValid(row) {
          let (a, b) = (low.value(at: row), high.value(at: row))
          guard compareValues(a, b) <= 0 else { throw reversedRange(a, b).at(row: row) }
          let value = x.value(at: row)
          picks[row] = compareValues(value, a) < 0 ? 1 : compareValues(value, b) > 0 ? 2 : 0
        }
        return chooseRows([x, low, high], picks: picks, type: call.resultType)
      }
    ],
    examples: [
      Example("clamp(12, 0, 10)", "10"),
      Example("clamp(-0.5, 0, 1)", "0.0"),
      Example("clamp(null, 0, 1)", "null"),
      Example("clamp(nan, 0, 1)", "NaN"),
      Example(#"clamp("", "a", "z")"#, "a"),
      Example("clamp(5, 10, 0)", "error: the low end of the range, 10, is above the high end, 0"),
    ])
}

private func reversedRange(_ low: Value, _ high: Value) -> FunctionError {
  FunctionError(
    "the low end of the range, \(plainText(low)), is above the high end, \(plainText(high))")
}
