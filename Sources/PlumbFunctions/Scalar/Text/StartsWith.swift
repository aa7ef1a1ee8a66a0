import PlumbColumns

extension ScalarFunction {
  static let startsWith = ScalarFunction(
    "starts_with", topic: "text",
    summary: "Whether a text begins with another.",
    details: "Letters count as they are written; `lower` both sides to ignore case.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("part", .string)], result: .always(.bool)) {
        (call) throws(FunctionError) in
        let (text, part) = (call.text(0), call.text(1))
        return try call.mapToBools { hasPrefix(text.utf8($0), part.utf8($0)) }
      }
    ],
    examples: [
      Example(#"starts_with("val_auc", "val")"#, "true"),
      Example(#"starts_with("auc", "val")"#, "false"),
      Example(#"starts_with("auc", "")"#, "true"),
      Example(#"starts_with(null, "a")"#, "null"),
      Example(
        #"starts_with(5, "val")"#,
        "error: `text` of `starts_with` must be string, and this is int"),
    ])
}
