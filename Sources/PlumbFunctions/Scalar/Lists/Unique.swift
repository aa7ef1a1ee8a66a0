import PlumbColumns

extension ScalarFunction {
  static let unique = ScalarFunction(
    "unique", topic: "lists",
    summary: "The distinct elements of a list, in order of first appearance.",
    details: "Null is an element like others, all NaN are one.",
    overloads: [
      Overload(
        [Parameter("list", .list(.variable("T")))], result: .sameAs(0)
      ) { (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        return try call.mapToValues { row in
          var seen: Set<Value> = []
          return .list(
            lists.values(row).filter { seen.insert($0).inserted }, element: call.elementType)
        }
      }
    ],
    examples: [
      Example("unique([1, 2, 1])", "[1,2]"),
      Example("unique([nan, nan, 1.0])", #"["NaN",1.0]"#),
      Example(#"unique([null, "a", null])"#, #"[null,"a"]"#),
      Example("unique([])", "[]"),
      Example("unique(null)", "null"),
      Example("unique(5)", "error: `list` of `unique` must be a list, and this is int"),
    ])
}
