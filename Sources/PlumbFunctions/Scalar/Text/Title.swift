import PlumbColumns

extension ScalarFunction {
  static let title = ScalarFunction(
    "title", topic: "text",
    summary: """
      A text with each word beginning with a capital letter, the rest in small letters.
      """,
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { titleCased(text[$0]) }
      }
    ],
    examples: [
      Example(#"title("random forest")"#, "Random Forest"),
      Example(#"title("XGBoost v2")"#, "Xgboost V2"),
      Example(#"title("")"#, ""),
      Example("title(null)", "null"),
      Example("title(5)", "error: `text` of `title` must be string, and this is int"),
    ])
}
