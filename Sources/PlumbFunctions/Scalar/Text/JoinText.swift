import PlumbColumns

extension ScalarFunction {
  static let joinText = ScalarFunction(
    "join_text", topic: "text",
    summary: "The texts of a list put together, with a separator between them.",
    details: "The opposite of `split`. Nulls in the list are left out.",
    overloads: [
      Overload(
        [
          Parameter("list", .list(.string)),
          Parameter("separator", .string, default: .string("")),
        ], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let lists = ListRows(call.arguments[0])
        let separator = call.text(1)
        return try call.mapTexts { row in
          let texts = lists.values(row).filter { !$0.isNull }.map(plainText)
          return texts.joined(separator: separator[row])
        }
      }
    ],
    examples: [
      Example(#"join_text(["a", "b"], ", ")"#, "a, b"),
      Example(#"join_text(["a", null, "b"], "-")"#, "a-b"),
      Example(#"join_text(["a", "b"])"#, "ab"),
      Example(#"join_text([], ",")"#, ""),
      Example(#"join_text(null, ",")"#, "null"),
      Example(
        #"join_text(5, ", ")"#,
        "error: `list` of `join_text` must be list<string>, and this is int"),
    ])
}
