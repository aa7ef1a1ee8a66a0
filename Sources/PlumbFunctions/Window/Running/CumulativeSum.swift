import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let cumsum = WindowFunction(
    "cumsum",
    summary: "The sum of the group's rows up to and including this one.",
    details: """
      Null where `x` is null; the rows after go on from the sum so far. From a NaN on, floats are \
      NaN. A sum of ints that leaves 64 bits is an error.
      """,
    overloads: [
      Overload([Parameter("x", .quantity)], result: .sameAs(0)) { (call) throws(FunctionError) in
        call.resultType == .float ? try call.floatRunningSum() : try call.integerRunningSum()
      },
      Overload([Parameter("x", .bool)], result: .always(.int)) { (call) throws(FunctionError) in
        try call.integerRunningSum()
      },
    ],
    examples: [
      Example("table([{x: 1}, {x: 2}]) | window s = cumsum(x) | tail 1 | select s", "3"),
      Example("table([{x: 1}, {x: null}]) | window s = cumsum(x) | tail 1 | select s", "null"),
      Example("table([{x: nan}, {x: 1.0}]) | window s = cumsum(x) | tail 1 | select s", "NaN"),
      Example("table([{x: 1}]) | where x > 1 | window s = cumsum(x) | summarize count()", "0"),
      Example(
        "table([{x: 9223372036854775807}, {x: 1}]) | window s = cumsum(x)",
        "error: the sum does not fit a 64-bit int; use `cumsum(float(x))`"),
    ])
}

extension WindowCall {
  fileprivate func floatRunningSum() throws(FunctionError) -> Column {
    let column = arguments[0]
    let values = column.doubles()
    let present = column.presence
    let sums = Buffer<Double>(count: count)
    let source = values.pointer
    try forEachGroup { start, end in
      var sum = ExactSum()
      for row in start..<end {
        if present?[row] ?? true { sum.add(source[row]) }
        sums.base[row] = sum.value
      }
    }
    withExtendedLifetime(values) {}
    return Column(
      type: .float, count: count, storage: .float(Values(sums)), validity: present)
  }

  fileprivate func integerRunningSum() throws(FunctionError) -> Column {
    let column = arguments[0]
    let values = column.integers()
    let present = column.presence
    let sums = Buffer<Int>(count: count)
    let source = values.pointer
    try forEachGroup { (start, end) throws(FunctionError) in
      var sum = 0
      for row in start..<end {
        if present?[row] ?? true {
          let (next, overflow) = sum.addingReportingOverflow(source[row])
          if overflow {
            throw FunctionError(
              "the sum does not fit a 64-bit int; use `cumsum(float(x))`", kind: .overflow)
          }
          sum = next
        }
        sums.base[row] = sum
      }
    }
    withExtendedLifetime(values) {}
    return Column(
      type: resultType, count: count, storage: .int64(Values(sums)), validity: present)
  }
}
