import PlumbColumns

extension ScalarFunction {
  static let ltrim = ScalarFunction(
    "ltrim", topic: "text",
    summary: "A text without the white space, or the given characters, at its beginning.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { stripped(text[$0], start: true, end: false) { $0.isWhitespace } }
      },
      Overload(
        [Parameter("text", .string), Parameter("characters", .string)], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let (text, characters) = (call.text(0), call.text(1))
        return try call.mapTexts { row in
          let unwanted = characters[row]
          return stripped(text[row], start: true, end: false) { unwanted.contains($0) }
        }
      },
    ],
    examples: [
      Example(#"ltrim("  a ")+".""#, "a ."),
      Example(#"ltrim("007", "0")"#, "7"),
      Example(#"ltrim("")"#, ""),
      Example("ltrim(null)", "null"),
      Example(#"ltrim(5, "0")"#, "error: `text` of `ltrim` must be string, and this is int"),
    ])
}
