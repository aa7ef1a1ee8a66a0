import PlumbColumns

extension ScalarFunction {
  static let slice = ScalarFunction(
    "slice", topic: "lists",
    summary: "The elements of a list from one position up to, but not with, another.",
    details: """
      Positions count from 0, and below 0 from the end; without an end it is the rest. \
      What lies outside the list is left out. For text there is `substring`.
      """,
    overloads: [
      Overload(
        [Parameter("list", .list(.variable("T"))), Parameter("start", .int)], result: .sameAs(0)
      ) { (call) throws(FunctionError) in
        try slices(call)
      },
      Overload(
        [
          Parameter("list", .list(.variable("T"))), Parameter("start", .int),
          Parameter("end", .int),
        ], result: .sameAs(0)
      ) { (call) throws(FunctionError) in
        try slices(call)
      },
    ],
    examples: [
      Example("slice([1, 2, 3, 4], 1, 3)", "[2,3]"),
      Example("slice([1, 2, 3], -2)", "[2,3]"),
      Example("slice([1, 2, 3], 0, -1)", "[1,2]"),
      Example("slice([1, 2], 5)", "[]"),
      Example("slice([], 0)", "[]"),
      Example("slice(null, 0)", "null"),
      Example("slice(5, 1, 3)", "error: `list` of `slice` must be a list, and this is int"),
    ])
}

private func slices(_ call: KernelCall) throws(FunctionError) -> Column {
  let lists = ListRows(call.arguments[0])
  let starts = call.arguments[1].integers()
  let ends = call.arguments.count > 2 ? call.arguments[2].integers() : nil
  return try call.mapToValues { row in
    let range = lists.range(row)
    let start = position(starts[row], in: range.count)
    let end = ends.map { position($0[row], in: range.count) } ?? range.count
    let values = (start..<max(start, end)).map {
      lists.elements.value(at: range.lowerBound + $0)
    }
    return .list(values, element: call.elementType)
  }
}

/// A position that may count from the end, moved into the list.
private func position(_ position: Int, in count: Int) -> Int {
  position < 0 ? max(0, count + max(position, -count)) : min(position, count)
}
