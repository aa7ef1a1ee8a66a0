import PlumbColumns

extension ScalarFunction {
  static let trim = ScalarFunction(
    "trim", topic: "text",
    summary: "A text without the white space, or the given characters, at both ends.",
    overloads: stripping(start: true, end: true),
    examples: [
      Example(#"trim("  a b ")"#, "a b"),
      Example(#"trim("--a--", "-")"#, "a"),
      Example(#"trim("")"#, ""),
      Example("trim(null)", "null"),
      Example("trim(5)", "error: `text` of `trim` must be string, and this is int"),
    ])
}

extension ScalarFunction {
  /// The overloads of `trim` and its like: without white space, or without given characters.
  static func stripping(start: Bool, end: Bool) -> [Overload] {
    [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { stripped(text[$0], start: start, end: end) { $0.isWhitespace } }
      },
      Overload(
        [Parameter("text", .string), Parameter("characters", .string)], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let (text, characters) = (call.text(0), call.text(1))
        return try call.mapTexts { row in
          let unwanted = characters[row]
          return stripped(text[row], start: start, end: end) { unwanted.contains($0) }
        }
      },
    ]
  }
}

/// A text without the characters at its ends for which a test holds.
private func stripped(
  _ text: String, start: Bool, end: Bool, where isUnwanted: (Character) -> Bool
) -> String {
  var rest = Substring(text)
  if start { rest = rest.drop(while: isUnwanted) }
  if end { while let last = rest.last, isUnwanted(last) { rest.removeLast() } }
  return String(rest)
}
