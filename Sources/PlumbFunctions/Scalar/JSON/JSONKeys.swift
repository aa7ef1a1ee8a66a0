import PlumbColumns

extension ScalarFunction {
  static let jsonKeys = ScalarFunction(
    "json_keys", topic: "JSON",
    summary: "The keys of the JSON object at a path.",
    details: """
      Null where there is no object. \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.list(.string))
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapToValues { (row) throws(FunctionError) in
          try arguments.part(row)?.keys() ?? .null
        }
      }
    ],
    examples: [
      Example(#"json_keys('{"b": 1, "a": 2}')"#, #"["b","a"]"#),
      Example("json_keys('{}')", "[]"),
      Example("json_keys('[1]')", "null"),
      Example("json_keys(null)", "null"),
      Example(#"json_keys("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
