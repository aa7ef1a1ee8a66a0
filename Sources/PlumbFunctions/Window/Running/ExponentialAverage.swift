import PlumbColumns

extension WindowFunction {
  static let ema = WindowFunction(
    "ema",
    summary: "The exponential moving average: `alpha · x + (1 − alpha) · the average before`.",
    details: """
      Begins with the group's first value. `alpha` lies in (0, 1]; the greater, the faster it \
      follows. Null where `x` is null; the rows after go on from the average so far. From a NaN \
      on it is NaN.
      """,
    overloads: [
      Overload(
        [Parameter("x", .float), Parameter("alpha", .float, isConstant: true)],
        result: .always(.float)
      ) { (call) throws(FunctionError) in
        guard case .float(let alpha)? = call.arguments[1].constantValue, alpha > 0, alpha <= 1
        else {
          let given = plainText(call.arguments[1].constantValue ?? .null)
          throw FunctionError("`alpha` must lie above 0 and at most at 1, not \(given)")
        }
        return try call.exponentialAverage(alpha)
      }
    ],
    examples: [
      Example("table([{x: 1}, {x: 3}]) | window y = ema(x, 0.5) | tail 1 | select y", "2.0"),
      Example("table([{x: 1}, {x: null}]) | window y = ema(x, 0.5) | tail 1 | select y", "null"),
      Example("table([{x: nan}, {x: 1.0}]) | window y = ema(x, 0.5) | tail 1 | select y", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | window y = ema(x, 0.5) | summarize count()", "0"),
      Example(
        "table([{x: 1}]) | window y = ema(x, 2.0)",
        "error: `alpha` must lie above 0 and at most at 1, not 2.0"),
    ])
}

extension WindowCall {
  fileprivate func exponentialAverage(_ alpha: Double) throws(FunctionError) -> Column {
    let values = arguments[0].doubles()
    let present = arguments[0].presence
    let source = values.pointer
    let result = Buffer<Double>(count: count)
    try forEachGroup { start, end in
      var average = 0.0
      var isStarted = false
      for row in start..<end {
        if present?[row] ?? true {
          // By the difference: equal values give themselves, without rounding.
          average = isStarted ? average + alpha * (source[row] - average) : source[row]
          isStarted = true
        }
        result.base[row] = average
      }
    }
    withExtendedLifetime(values) {}
    return Column(
      type: .float, count: count, storage: .float(Values(result)), validity: present)
  }
}
