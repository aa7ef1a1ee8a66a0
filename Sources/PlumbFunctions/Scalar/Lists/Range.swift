import PlumbColumns

extension ScalarFunction {
  static let range = ScalarFunction(
    "range", topic: "lists",
    summary: "A list of ints from a start up to, but not with, an end.",
    details: """
      From 0 by 1 unless said otherwise; a step below 0 goes down. A step of 0 and lists \
      of more than 10 million elements are errors. `1..10`, which has both ends, is for \
      `in` and `for`.
      """,
    overloads: [
      Overload(
        [Parameter("end", .int)], result: .always(.list(.int))
      ) { (call) throws(FunctionError) in
        let ends = call.arguments[0].integers()
        return try ranges(call) { (0, ends[$0], 1) }
      },
      Overload(
        [
          Parameter("start", .int), Parameter("end", .int),
          Parameter("step", .int, default: .int(1)),
        ], result: .always(.list(.int))
      ) { (call) throws(FunctionError) in
        let (starts, ends) = (call.arguments[0].integers(), call.arguments[1].integers())
        let steps = call.arguments[2].integers()
        return try ranges(call) { (starts[$0], ends[$0], steps[$0]) }
      },
    ],
    examples: [
      Example("range(3)", "[0,1,2]"),
      Example("range(1, 4)", "[1,2,3]"),
      Example("range(10, 0, -5)", "[10,5]"),
      Example("range(0)", "[]"),
      Example("range(null)", "null"),
      Example("range(0, 5, 0)", "error: the step of a range must not be 0"),
      Example("range(100000000)", "error: a list of 100000000 elements is too long"),
    ])
}

private let maximumElements = 10_000_000

private func ranges(
  _ call: KernelCall, _ bounds: (Int) -> (start: Int, end: Int, step: Int)
) throws(FunctionError) -> Column {
  var builder = IntegerColumnBuilder()
  let offsets = Buffer<Int>(count: call.count + 1)
  offsets.base[0] = 0
  for row in 0..<call.count {
    if call.isValid(row) {
      let (start, end, step) = bounds(row)
      let count = try elementCount(start, end, step, row)
      guard builder.count + count <= maximumElements else {
        throw FunctionError("a list of \(count) elements is too long", row: row)
      }
      // The count says that none of these leaves 64 bits.
      for index in 0..<count { builder.append(start &+ index &* step) }
    }
    offsets.base[row + 1] = builder.count
  }
  return Column(
    type: .list(.int), count: call.count,
    storage: .list(offsets: Values(offsets), elements: builder.finish()))
}

private func elementCount(
  _ start: Int, _ end: Int, _ step: Int, _ row: Int
) throws(FunctionError) -> Int {
  guard step != 0 else { throw FunctionError("the step of a range must not be 0", row: row) }
  guard step > 0 ? start < end : start > end else { return 0 }
  let distance = step > 0 ? UInt(bitPattern: end &- start) : UInt(bitPattern: start &- end)
  return Int(clamping: (distance - 1) / step.magnitude + 1)
}
