import PlumbColumns

extension WindowFunction {
  static let rowNumber = WindowFunction(
    "row_number",
    summary: "The number of the row within its group, from 1, in the order of the window.",
    overloads: [
      Overload([], result: .always(.int)) { (call) throws(FunctionError) in
        try call.rankColumn { start, row, _ in row - start + 1 }
      }
    ],
    examples: [
      Example("table([{x: 5}, {x: 7}]) | window n = row_number() | tail 1 | select n", "2"),
      Example("table([{x: null}]) | window n = row_number() | select n", "1"),
      Example("table([{x: nan}]) | window n = row_number() sort x | select n", "1"),
      Example("table([{x: 1}]) | where x > 1 | window n = row_number() | summarize count()", "0"),
      Example(
        "table([{x: 1}]) | window y = row_number(x)",
        "error: `row_number` takes no arguments"),
    ])

  static let rank = WindowFunction(
    "rank",
    summary: """
      The rank of the row in the order of the window's `sort`, from 1, with gaps after ties.
      """,
    details: "Rows that are equal in all sort keys share a rank. Without `sort` all ranks are 1.",
    overloads: [
      Overload([], result: .always(.int)) { (call) throws(FunctionError) in
        try call.rankColumn { start, _, peerStart in peerStart - start + 1 }
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 1}, {x: 2}]) | window r = rank() sort x | tail 1 | select r", "3"),
      Example("table([{x: 1}, {x: null}]) | window r = rank() sort x | tail 1 | select r", "2"),
      Example(
        "table([{x: nan}, {x: nan}]) | window r = rank() sort x | tail 1 | select r", "1"),
      Example("table([{x: 1}]) | where x > 1 | window r = rank() sort x | summarize count()", "0"),
      Example("table([{x: 1}]) | window y = rank(x)", "error: `rank` takes no arguments"),
    ])

  static let denseRank = WindowFunction(
    "dense_rank",
    summary: "The rank of the row in the order of the window's `sort`, from 1, without gaps.",
    details: "Rows that are equal in all sort keys share a rank. Without `sort` all ranks are 1.",
    overloads: [
      Overload([], result: .always(.int)) { (call) throws(FunctionError) in
        let ranks = Buffer<Int>(count: call.count)
        try call.forEachGroup { start, end in
          var rank = 1
          for row in start..<end {
            if row > start, call.startsPeers(row) { rank += 1 }
            ranks.base[row] = rank
          }
        }
        return Column(type: .int, count: call.count, storage: .int64(Values(ranks)))
      }
    ],
    examples: [
      Example(
        "table([{x: 1}, {x: 1}, {x: 2}]) | window r = dense_rank() sort x | tail 1 | select r",
        "2"),
      Example(
        "table([{x: 1}, {x: null}]) | window r = dense_rank() sort x | tail 1 | select r", "2"),
      Example(
        "table([{x: nan}, {x: nan}]) | window r = dense_rank() sort x | tail 1 | select r", "1"),
      Example(
        "table([{x: 1}]) | where x > 1 | window r = dense_rank() sort x | summarize count()", "0"),
      Example(
        "table([{x: 1}]) | window y = dense_rank(x)",
        "error: `dense_rank` takes no arguments"),
    ])
}

extension WindowCall {
  /// Whether a row differs from the one before in the sort keys.
  @inline(__always)
  func startsPeers(_ row: Int) -> Bool { peerStarts.map { $0[row] != 0 } ?? false }

  /// An int for each row from its group's first row, itself, and the first of its peers.
  @inline(__always)
  func rankColumn(
    _ rank: (_ start: Int, _ row: Int, _ peerStart: Int) -> Int
  ) throws(FunctionError) -> Column {
    let ranks = Buffer<Int>(count: count)
    try forEachGroup { start, end in
      var peerStart = start
      for row in start..<end {
        if startsPeers(row) { peerStart = row }
        ranks.base[row] = rank(start, row, peerStart)
      }
    }
    return Column(type: .int, count: count, storage: .int64(Values(ranks)))
  }
}
