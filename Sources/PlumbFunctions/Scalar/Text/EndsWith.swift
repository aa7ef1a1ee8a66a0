import PlumbColumns

extension ScalarFunction {
  static let endsWith = ScalarFunction(
    "ends_with", topic: "text",
    summary: "Whether a text ends with another.",
    details: "Letters count as they are written; `lower` both sides to ignore case.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("part", .string)], result: .always(.bool)) {
        (call) throws(FunctionError) in
        let (text, part) = (call.text(0), call.text(1))
        return try call.mapToBools { hasSuffix(text.utf8($0), part.utf8($0)) }
      }
    ],
    examples: [
      Example(#"ends_with("val_auc", "auc")"#, "true"),
      Example(#"ends_with("auc", "val_auc")"#, "false"),
      Example(#"ends_with("", "")"#, "true"),
      Example(#"ends_with(null, "a")"#, "null"),
      Example(
        #"ends_with(5, "auc")"#,
        "error: `text` of `ends_with` must be string, and this is int"),
    ])
}
