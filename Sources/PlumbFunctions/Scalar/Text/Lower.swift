import PlumbColumns

extension ScalarFunction {
  static let lower = ScalarFunction(
    "lower", topic: "text",
    summary: "A text in small letters.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { text[$0].lowercased() }
      }
    ],
    examples: [
      Example(#"lower("Val_AUC")"#, "val_auc"),
      Example(#"lower("")"#, ""),
      Example("lower(null)", "null"),
      Example("lower(5)", "error: `text` of `lower` must be string, and this is int"),
    ])
}
