import PlumbColumns

extension ScalarFunction {
  static let split = ScalarFunction(
    "split", topic: "text",
    summary: "The parts of a text between the occurrences of a separator.",
    details: """
      For patterns there is `split_regex`, for white space `words`. An empty text has \
      one part, the empty text. An empty separator is an error.
      """,
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("separator", .string)],
        result: .always(.list(.string))
      ) { (call) throws(FunctionError) in
        let (text, separator) = (call.text(0), call.text(1))
        return try call.mapToValues { (row) throws(FunctionError) in
          let mark = separator.utf8(row)
          guard !mark.isEmpty else {
            throw FunctionError("the separator of `split` must not be empty")
          }
          return textList(splitBytes(text.utf8(row), at: mark))
        }
      }
    ],
    examples: [
      Example(#"split("a,b,,c", ",")"#, #"["a","b","","c"]"#),
      Example(#"split("abc", ",")"#, #"["abc"]"#),
      Example(#"split("", ",")"#, #"[""]"#),
      Example(#"split(null, ",")"#, "null"),
      Example(#"split("abc", "")"#, "error: the separator of `split` must not be empty"),
    ])
}
