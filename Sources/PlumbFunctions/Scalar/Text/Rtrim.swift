import PlumbColumns

extension ScalarFunction {
  static let rtrim = ScalarFunction(
    "rtrim", topic: "text",
    summary: "A text without the white space, or the given characters, at its end.",
    overloads: stripping(start: false, end: true),
    examples: [
      Example(#"rtrim(" a  ")+".""#, " a."),
      Example(#"rtrim("1.500", "0")"#, "1.5"),
      Example(#"rtrim("")"#, ""),
      Example("rtrim(null)", "null"),
      Example(#"rtrim(5, "0")"#, "error: `text` of `rtrim` must be string, and this is int"),
    ])
}
