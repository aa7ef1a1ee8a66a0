import PlumbColumns

extension ScalarFunction {
  static let padLeft = ScalarFunction(
    "pad_left", topic: "text",
    summary: "A text filled up at its beginning to a number of characters.",
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
          return filling + text[row]
        }
      }
    ],
    examples: [
      Example(#"pad_left("7", 3, "0")"#, "007"),
      Example(#"pad_left("abc", 2)"#, "abc"),
      Example(#"pad_left("", 2, "-")"#, "--"),
      Example("pad_left(null, 3)", "null"),
      Example(#"pad_left("7", 3, "")"#, "error: the text to fill up with must not be empty"),
    ])
}

/// A text repeated and cut to a number of characters.
func filling(_ fill: String, _ count: Int) throws(FunctionError) -> String {
  guard !fill.isEmpty else { throw FunctionError("the text to fill up with must not be empty") }
  guard count > 0 else { return "" }
  try checkTextBytes(count.multipliedReportingOverflow(by: fill.utf8.count))
  return String(String(repeating: fill, count: count / fill.count + 1).prefix(count))
}
