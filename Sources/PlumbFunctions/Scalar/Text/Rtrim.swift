import PlumbColumns

extension ScalarFunction {
  static let rtrim = ScalarFunction(
    "rtrim", topic: "text",
    summary: "A text without the white space, or the given characters, at its end.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { stripped(text[$0], start: false, end: true) { $0.isWhitespace } }
      },
      Overload(
        [Parameter("text", .string), Parameter("characters", .string)], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let (text, characters) = (call.text(0), call.text(1))
        return try call.mapTexts { row in
          let unwanted = characters[row]
          return stripped(text[row], start: false, end: true) { unwanted.contains($0) }
        }
      },
    ],
    examples: [
      Example(#"rtrim(" a  ")+".""#, " a."),
      Example(#"rtrim("1.500", "0")"#, "1.5"),
      Example(#"rtrim("")"#, ""),
      Example("rtrim(null)", "null"),
      Example(#"rtrim(5, "0")"#, "error: `text` of `rtrim` must be string, and this is int"),
    ])
}
