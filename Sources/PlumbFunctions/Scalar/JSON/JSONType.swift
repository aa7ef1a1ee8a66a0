import PlumbColumns

extension ScalarFunction {
  static let jsonType = ScalarFunction(
    "json_type", topic: "JSON",
    summary: """
      What is at a path of a JSON text: object, array, string, int, float, bool or null.
      """,
    details: """
      Null where there is no such part. \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.string)
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapTexts { (row) throws(FunctionError) in
          try arguments.part(row)?.typeName
        }
      }
    ],
    examples: [
      Example(#"json_type('{"a": 1.5}')"#, "object"),
      Example(#"json_type('{"a": 1.5}', "a")"#, "float"),
      Example("json_type('null')", "null"),
      Example(#"json_type('{"a": 1}', "b")"#, "null"),
      Example("json_type(null)", "null"),
      Example(#"json_type("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
