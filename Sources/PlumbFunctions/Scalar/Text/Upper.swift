import PlumbColumns

extension ScalarFunction {
  static let upper = ScalarFunction(
    "upper", topic: "text",
    summary: "A text in capital letters.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapTexts { text[$0].uppercased() }
      }
    ],
    examples: [
      Example(#"upper("Val_auc")"#, "VAL_AUC"),
      Example(#"upper("straße")"#, "STRASSE"),
      Example(#"upper("")"#, ""),
      Example("upper(null)", "null"),
      Example("upper(5)", "error: `text` of `upper` must be string, and this is int"),
    ])
}
