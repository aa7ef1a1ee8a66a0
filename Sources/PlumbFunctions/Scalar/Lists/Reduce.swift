import PlumbColumns

extension ScalarFunction {
  static let reduce = ScalarFunction(
    "reduce", topic: "lists",
    summary: """
      One value out of a list: a function takes what there is so far and the next \
      element.
      """,
    details: """
      It begins with the start value, whose type the function must give; the reduction \
      of an empty list is the start value.
      """,
    overloads: [
      Overload(
        [
          Parameter("list", .list(.variable("T"))), Parameter("start", .variable("A")),
          Parameter("function", .function([.variable("A"), .variable("T")])),
        ], result: .sameAs(1)
      ) { (call) throws(FunctionError) in
        let lists = FlatLists(call, 0)
        guard let function = call.functions[2] else { throw FunctionError("a function is missing") }
        var state = call.arguments[1]
        let counts = (0..<call.count).map { lists.offsets[$0 + 1] - lists.offsets[$0] }
        // The first elements of all lists, then the second ones, and so on.
        for step in 0..<(counts.max() ?? 0) {
          try call.environment.control.checkFunction()
          let rows = (0..<call.count).filter { counts[$0] > step }
          let positions = Values(
            rows.map { UInt32(truncatingIfNeeded: lists.offsets[$0] + step) })
          let outerRows = Values(rows.map { UInt32(truncatingIfNeeded: $0) })
          let next = try function(
            [state.gathered(outerRows), lists.elements.gathered(positions)], outerRows)
          guard next.type == state.type else {
            throw FunctionError(
              "the function of `reduce` gives \(next.type), but the start value is \(state.type)",
              hint: state.type == .int && next.type == .float ? "start with `0.0`" : nil)
          }
          state = replaced(state, at: rows, by: next)
        }
        return state
      }
    ],
    examples: [
      Example("reduce([1, 2, 3], 0, fn (sum, x) => sum + x)", "6"),
      Example(#"reduce(["a", "b"], "", fn (text, x) => text + x)"#, "ab"),
      Example("reduce([], 5, fn (a, x) => a)", "5"),
      Example("reduce([1, null], 0, fn (a, x) => a + x)", "null"),
      Example("reduce(null, 0, fn (a, x) => a)", "null"),
      Example(
        "reduce([0.5], 0, fn (a, x) => a + x)",
        "error: the function of `reduce` gives float, but the start value is int"),
    ])
}

/// A column with some of its rows replaced by those of another.
private func replaced(_ column: Column, at rows: [Int], by other: Column) -> Column {
  var sources = (0..<column.count).map { UInt32(truncatingIfNeeded: $0) }
  for (position, row) in rows.enumerated() {
    sources[row] = UInt32(truncatingIfNeeded: column.count + position)
  }
  return Column.concatenated([column, other], type: column.type).gathered(Values(sources))
}
