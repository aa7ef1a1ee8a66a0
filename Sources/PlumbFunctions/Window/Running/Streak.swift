import PlumbColumns

extension WindowFunction {
  static let streak = WindowFunction(
    "streak",
    summary: "For how many rows up to and including this one the condition has been true.",
    details: "0 where it is false or null.",
    overloads: [
      Overload([Parameter("condition", .bool)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let bools = call.arguments[0].bools()
        let present = call.arguments[0].presence
        let result = Buffer<Int>(count: call.count)
        try call.forEachGroup { start, end in
          var length = 0
          for row in start..<end {
            length = bools[row] != 0 && present?[row] ?? true ? length + 1 : 0
            result.base[row] = length
          }
        }
        return Column(type: .int, count: call.count, storage: .int64(Values(result)))
      }
    ],
    examples: [
      Example("table([{x: 5}, {x: 7}]) | window n = streak(x > 3) | tail 1 | select n", "2"),
      Example("table([{x: 5}, {x: null}]) | window n = streak(x > 3) | tail 1 | select n", "0"),
      Example("table([{x: nan}]) | window n = streak(is_nan(x)) | select n", "1"),
      Example("table([{x: 1}]) | where x > 1 | window n = streak(x > 0) | summarize count()", "0"),
      Example(
        "table([{x: 1}]) | window y = streak(x)",
        "error: `condition` of `streak` must be bool, and this is int"),
    ])
}
