import PlumbColumns

extension ScalarFunction {
  static let words = ScalarFunction(
    "words", topic: "text",
    summary: "The parts of a text between its white space.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.list(.string))) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToValues { row in
          textList(text[row].split(whereSeparator: \.isWhitespace).map(String.init))
        }
      }
    ],
    examples: [
      Example(#"words("  random  forest ")"#, #"["random","forest"]"#),
      Example(#"words("")"#, "[]"),
      Example("words(null)", "null"),
      Example("words(5)", "error: `text` of `words` must be string, and this is int"),
    ])
}
