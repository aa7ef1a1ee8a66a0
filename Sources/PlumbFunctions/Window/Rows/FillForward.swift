import PlumbColumns

extension WindowFunction {
  static let fillForward = WindowFunction(
    "fill_forward",
    summary: "The value of `x`, or where it is null the last one before that is not.",
    details: "Null before the group's first value. NaN is a value.",
    overloads: [
      Overload([Parameter("x", .any)], result: .sameAs(0)) { (call) throws(FunctionError) in
        let column = call.arguments[0].materialized()
        guard let present = column.presence else { return column }
        let places = Buffer<UInt64>(count: call.count)
        try call.forEachGroup { start, end in
          var last = RowKeeper.none
          for row in start..<end {
            if present[row] { last = UInt64(truncatingIfNeeded: row) }
            places.base[row] = last
          }
        }
        return gatherRows([column], type: column.type, Values(places), segmentShift: 40)
      }
    ],
    examples: [
      Example("table([{x: 3}, {x: null}]) | window y = fill_forward(x) | tail 1 | select y", "3"),
      Example(
        "table([{x: null}, {x: 3}]) | window y = fill_forward(x) | take 1 | select y", "null"),
      Example(
        "table([{x: nan}, {x: null}]) | window y = fill_forward(x) | tail 1 | select y", "NaN"),
      Example(
        "table([{x: 1}]) | where x > 1 | window y = fill_forward(x) | summarize count()", "0"),
      Example("table([{x: 1}]) | window y = fill_forward()", "error: `fill_forward` needs `x`"),
    ])
}
