import PlumbColumns

extension ScalarFunction {
  static let lines = ScalarFunction(
    "lines", topic: "text",
    summary: "The lines of a text, without their ends.",
    details: "An end of line at the very end begins no further line.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.list(.string))) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToValues { row in
          var lines = text[row].split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
          if lines.last?.isEmpty == true { lines.removeLast() }
          return textList(lines.map(String.init))
        }
      }
    ],
    examples: [
      Example(#"lines("a\nb\r\n")"#, #"["a","b"]"#),
      Example(#"lines("")"#, "[]"),
      Example("lines(null)", "null"),
      Example("lines(5)", "error: `text` of `lines` must be string, and this is int"),
    ])
}
