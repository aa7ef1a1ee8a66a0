import PlumbColumns

extension ScalarFunction {
  static let padRight = ScalarFunction(
    "pad_right", topic: "text",
    summary: "A text filled up at its end to a number of characters.",
    details: "A longer text stays as it is.",
    overloads: [
      Overload(
        [
          Parameter("text", .string), Parameter("width", .int),
          Parameter("fill", .string, default: .string(" ")),
        ], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let (text, fill) = (call.text(0), call.text(2))
        let width = call.arguments[1].integers()
        return try call.mapTexts { (row) throws(FunctionError) in
          let missing = width[row].subtractingReportingOverflow(characterCount(text.utf8(row)))
          let filling = try filling(fill[row], missing.overflow ? 0 : missing.partialValue)
          return text[row] + filling
        }
      }
    ],
    examples: [
      Example(#"pad_right("7", 3, ".")"#, "7.."),
      Example(#"pad_right("abc", 2)"#, "abc"),
      Example(#"pad_right("", 2, "-")"#, "--"),
      Example("pad_right(null, 3)", "null"),
      Example(#"pad_right("7", 3, "")"#, "error: the text to fill up with must not be empty"),
    ])
}
