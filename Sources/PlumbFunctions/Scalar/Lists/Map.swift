import PlumbColumns

extension ScalarFunction {
  static let map = ScalarFunction(
    "map", topic: "lists",
    summary: "A list of what a function gives for each element of a list.",
    overloads: [
      Overload(
        [
          Parameter("list", .list(.variable("T"))),
          Parameter("function", .function([.variable("T")])),
        ], result: .listOf(1)
      ) { (call) throws(FunctionError) in
        let lists = FlatLists(call, 0)
        let mapped = try call.applied(1, to: lists)
        return Column(
          type: call.resultType, count: call.count,
          storage: .list(offsets: lists.offsets, elements: mapped.materialized()))
      }
    ],
    examples: [
      Example("map([1, 2, 3], fn (x) => x * 10)", "[10,20,30]"),
      Example(#"map(["a", null], fn (x) => upper(x))"#, #"["A",null]"#),
      Example("map([], fn (x) => x)", "[]"),
      Example("map(null, fn (x) => x)", "null"),
      Example(#"map(["1", "x"], fn (x) => int(x))"#, #"error: "x" is not an int"#),
    ])
}
