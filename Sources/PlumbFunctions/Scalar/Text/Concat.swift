import PlumbColumns

extension ScalarFunction {
  static let concat = ScalarFunction(
    "concat", topic: "text",
    summary: "Texts or lists put together, one after the other.",
    details: """
      `+` does the same for two texts. `join_text` puts the texts of a list together.
      """,
    overloads: [
      Overload([Parameter("text", .string, isRepeated: true)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let texts = call.arguments.indices.map { call.text($0) }
        return try call.mapTexts { row in texts.map { $0[row] }.joined() }
      },
      Overload([Parameter("list", .list(.variable("T")), isRepeated: true)], result: .unified) {
        (call) throws(FunctionError) in
        let lists = call.arguments.map { ListRows($0) }
        return try call.mapToValues { row in
          .list(lists.flatMap { $0.values(row) }, element: call.elementType)
        }
      },
    ],
    examples: [
      Example(#"concat("a", "b", "c")"#, "abc"),
      Example("concat([1, 2], [3])", "[1,2,3]"),
      Example(#"concat("", "")"#, ""),
      Example("concat([], [1])", "[1]"),
      Example(#"concat("a", null)"#, "null"),
      Example(
        #"concat(5, "b", "c")"#,
        "error: `text` of `concat` must be string, and this is int"),
    ])
}
