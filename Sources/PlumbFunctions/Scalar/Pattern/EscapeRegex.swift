import PlumbColumns

extension ScalarFunction {
  static let escapeRegex = ScalarFunction(
    "escape_regex", topic: "regular expressions",
    summary: "A text as a regular expression that matches just that text.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { row in
          var result = ""
          for scalar in text[row].unicodeScalars {
            if "\\^$.|?*+()[]{}#-& \t\n\r".unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
          }
          return result
        }
      }
    ],
    examples: [
      Example(#"escape_regex("v1.2")"#, #"v1\.2"#),
      Example(#"escape_regex("")"#, ""),
      Example("escape_regex(null)", "null"),
      Example(
        "escape_regex(5)",
        "error: `text` of `escape_regex` must be string, and this is int"),
    ])
}
