import PlumbColumns

extension ScalarFunction {
  static let greatest = ScalarFunction(
    "greatest", topic: "numbers",
    summary: "The greatest of several values of one type.",
    details: """
      For numbers, text, times and durations, row by row; the aggregate over rows is \
      `max`. Null when an argument is null; NaN only when all are NaN.
      """,
    overloads: [
      Overload([Parameter("x", .variable("T"), isRepeated: true)], result: .unified) { call in
        call.extreme(wantsGreater: true)
      }
    ],
    examples: [
      Example("greatest(1, 3, 2)", "3"),
      Example("greatest(1, 2.5)", "2.5"),
      Example(#"greatest("a", "b", "")"#, "b"),
      Example("greatest(1, null)", "null"),
      Example("greatest(nan, 1.5)", "1.5"),
      Example("greatest(nan, nan)", "NaN"),
      Example(#"greatest("a", 3, 2)"#, "error: `x` of `greatest` must be string, and this is int"),
    ])

  static let least = ScalarFunction(
    "least", topic: "numbers",
    summary: "The least of several values of one type.",
    details: """
      For numbers, text, times and durations, row by row; the aggregate over rows is \
      `min`. Null when an argument is null; NaN only when all are NaN.
      """,
    overloads: [
      Overload([Parameter("x", .variable("T"), isRepeated: true)], result: .unified) { call in
        call.extreme(wantsGreater: false)
      }
    ],
    examples: [
      Example("least(1, 3, 2)", "1"),
      Example("least(@2026-01-02, @2026-01-01)", "2026-01-01T00:00:00Z"),
      Example(#"least("a", "")"#, ""),
      Example("least(1, null)", "null"),
      Example("least(nan, 1.5)", "1.5"),
      Example(#"least("a", 3, 2)"#, "error: `x` of `least` must be string, and this is int"),
    ])
}

extension KernelCall {
  /// The extreme of all arguments, row by row, NaN left out.
  fileprivate func extreme(wantsGreater: Bool) -> Column {
    guard resultType != .float else { return extremeFloat(wantsGreater: wantsGreater) }
    if resultType.isIntegerBacked {
      var best = arguments[0]
      for next in arguments.dropFirst() {
        let pair = KernelCall(
          arguments: [best, next], count: count, resultType: resultType, validity: validity,
          environment: environment)
        best =
          wantsGreater ? pair.mapIntegers { max($0, $1) } : pair.mapIntegers { min($0, $1) }
      }
      return best
    }
    var picks = [UInt8](repeating: 0, count: count)
    for row in 0..<count where isValid(row) {
      var best = arguments[0].value(at: row)
      for index in arguments.indices.dropFirst() {
        let value = arguments[index].value(at: row)
        let order = compareValues(value, best)
        if wantsGreater ? order > 0 : order < 0 {
          best = value
          picks[row] = UInt8(truncatingIfNeeded: index)
        }
      }
    }
    return chooseRows(arguments, picks: picks, type: resultType)
  }

  private func extremeFloat(wantsGreater: Bool) -> Column {
    var best = arguments[0]
    for next in arguments.dropFirst() {
      let pair = KernelCall(
        arguments: [best, next], count: count, resultType: resultType, validity: validity,
        environment: environment)
      best =
        wantsGreater
        ? pair.mapFloats { Double.maximum($0, $1) } : pair.mapFloats { Double.minimum($0, $1) }
    }
    return best
  }
}
