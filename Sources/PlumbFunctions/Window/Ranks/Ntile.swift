import PlumbColumns

extension WindowFunction {
  static let ntile = WindowFunction(
    "ntile",
    summary: "The number, from 1, of the row's part when the group is cut into `n` equal parts.",
    details: "In the order of the window; where rows are left over, the first parts have one more.",
    overloads: [
      Overload([Parameter("n", .int, isConstant: true)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let parts = try call.constantInt(0, "n")
        guard parts > 0 else { throw FunctionError("`n` must be above 0, not \(parts)") }
        let result = Buffer<Int>(count: call.count)
        try call.forEachGroup { start, end in
          let length = end - start
          let (size, longer) = (length / parts, length % parts)
          for row in 0..<length {
            let isInLonger = row < longer * (size + 1)
            result.base[start + row] =
              isInLonger ? row / (size + 1) + 1 : (row - longer) / size + 1
          }
        }
        return Column(type: .int, count: call.count, storage: .int64(Values(result)))
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}]) | window t = ntile(2) sort x | tail 1 | select t", "2"),
      Example("table([{x: null}]) | window t = ntile(4) sort x | select t", "1"),
      Example("table([{x: nan}]) | window t = ntile(4) sort x | select t", "1"),
      Example("table([{x: 1}]) | where x > 1 | window t = ntile(2) | summarize count()", "0"),
      Example("table([{x: 1}]) | window t = ntile(0)", "error: `n` must be above 0, not 0"),
    ])

  static let percentRank = WindowFunction(
    "percent_rank",
    summary: "The share of the group's other rows that come before: 0 for the first, 1 at the end.",
    details: "`(rank() - 1) / (rows - 1)`; 0 in a group of one row. Needs `sort` to mean anything.",
    overloads: [
      Overload([], result: .always(.float)) { (call) throws(FunctionError) in
        let result = Buffer<Double>(count: call.count)
        try call.forEachGroup { start, end in
          var peerStart = start
          for row in start..<end {
            if call.startsPeers(row) { peerStart = row }
            result.base[row] =
              end - start > 1 ? Double(peerStart - start) / Double(end - start - 1) : 0
          }
        }
        return Column(type: .float, count: call.count, storage: .float(Values(result)))
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 2}, {x: 3}]) | window r = percent_rank() sort x | where x == 2 | select r",
        "0.5"),
      Example("table([{x: null}]) | window r = percent_rank() sort x | select r", "0.0"),
      Example("table([{x: nan}]) | window r = percent_rank() sort x | select r", "0.0"),
      Example(
        "table([{x: 1}]) | where x > 1 | window r = percent_rank() sort x | summarize count()", "0"
      ),
      Example(
        "table([{x: 1}]) | window y = percent_rank(x)",
        "error: `percent_rank` takes no arguments"),
    ])
}
