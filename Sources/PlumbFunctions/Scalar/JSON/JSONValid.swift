import PlumbColumns

extension ScalarFunction {
  static let jsonValid = ScalarFunction(
    "json_valid", topic: "JSON",
    summary: "Whether a text is JSON.",
    overloads: [
      Overload([Parameter("text", .string)], result: .always(.bool)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        return try call.mapToBools { row in (try? JSONText.parse(text.utf8(row))) != nil }
      }
    ],
    examples: [
      Example(#"json_valid('{"a": [1]}')"#, "true"),
      Example("json_valid('{a: 1}')", "false"),
      Example(#"json_valid("")"#, "false"),
      Example("json_valid(null)", "null"),
      Example("json_valid(5)", "error: `text` of `json_valid` must be string, and this is int"),
    ])
}
