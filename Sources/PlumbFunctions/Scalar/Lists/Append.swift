import PlumbColumns

extension ScalarFunction {
  static let append = ScalarFunction(
    "append", topic: "lists",
    summary: "A list with one more element at its end.",
    details: "A null is appended as an element.",
    overloads: [
      Overload(
        [Parameter("list", .list(.variable("T"))), Parameter("element", .variable("T"))],
        result: .listOf(1), nulls: .handled
      ) { (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        let element = call.arguments[1]
        let values = try call.mapToValues { row in
          .list(lists.values(row) + [element.value(at: row)], element: call.elementType)
        }
        guard let presence = call.arguments[0].presence else { return values }
        return values.materialized().withValidity(presence)
      }
    ],
    examples: [
      Example("append([1, 2], 3)", "[1,2,3]"),
      Example("append([1], 0.5)", "[1.0,0.5]"),
      Example(#"append([], "a")"#, #"["a"]"#),
      Example(#"append(["a"], null)"#, #"["a",null]"#),
      Example("append(null, 1)", "null"),
      Example("append(5, 3)", "error: `list` of `append` must be a list, and this is int"),
    ])
}
