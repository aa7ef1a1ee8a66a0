import PlumbColumns

extension ScalarFunction {
  static let capitalize = ScalarFunction(
    "capitalize", topic: "text",
    summary: "A text with its first letter a capital one and the rest small.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { capitalized(text[$0]) }
      }
    ],
    examples: [
      Example(#"capitalize("random Forest")"#, "Random forest"),
      Example(#"capitalize("")"#, ""),
      Example("capitalize(null)", "null"),
      Example("capitalize(5)", "error: `text` of `capitalize` must be string, and this is int"),
    ])
}
