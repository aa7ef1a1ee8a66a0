import PlumbColumns

extension ScalarFunction {
  static let replace = ScalarFunction(
    "replace", topic: "text",
    summary: "A text with every occurrence of a part replaced by another text.",
    details: """
      For patterns there is `replace_regex`. Nothing is replaced when the part is empty.
      """,
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("old", .string), Parameter("new", .string)],
        result: .always(.string)
      ) { (call) throws(FunctionError) in
        let (text, old, new) = (call.text(0), call.text(1), call.text(2))
        return try call.mapTexts { row in
          let pieces = splitBytes(text.utf8(row), at: old.utf8(row))
          return pieces.joined(separator: new[row])
        }
      }
    ],
    examples: [
      Example(#"replace("a.b.c", ".", "/")"#, "a/b/c"),
      Example(#"replace("aaa", "aa", "b")"#, "ba"),
      Example(#"replace("", "a", "b")"#, ""),
      Example(#"replace("abc", "", "-")"#, "abc"),
      Example(#"replace(null, "a", "b")"#, "null"),
      Example(
        #"replace(5, ".", "/")"#,
        "error: `text` of `replace` must be string, and this is int"),
    ])
}
