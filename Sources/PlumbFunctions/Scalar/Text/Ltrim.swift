import PlumbColumns

extension ScalarFunction {
  static let ltrim = ScalarFunction(
    "ltrim", topic: "text",
    summary: "A text without the white space, or the given characters, at its beginning.",
    overloads: stripping(start: true, end: false),
    examples: [
      Example(#"ltrim("  a ")+".""#, "a ."),
      Example(#"ltrim("007", "0")"#, "7"),
      Example(#"ltrim("")"#, ""),
      Example("ltrim(null)", "null"),
      Example(#"ltrim(5, "0")"#, "error: `text` of `ltrim` must be string, and this is int"),
    ])
}
