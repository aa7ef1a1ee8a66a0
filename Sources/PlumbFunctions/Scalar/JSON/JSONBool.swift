import PlumbColumns

extension ScalarFunction {
  static let jsonBool = ScalarFunction(
    "json_bool", topic: "JSON",
    summary: "The bool at a path of a JSON text.",
    details: """
      Null where there is no such part or it is null; strings are read as `bool` does. \
      \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.bool)
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapToBools { (row) throws(FunctionError) in
          try arguments.part(row)?.bool()
        }
      }
    ],
    examples: [
      Example(#"json_bool('{"a": true}', "a")"#, "true"),
      Example(#"json_bool('{"a": "no"}', "a")"#, "false"),
      Example(#"json_bool('{"a": 1}', "b")"#, "null"),
      Example(#"json_bool('{"a": []}', "a")"#, "error: `[]` is not a bool"),
      Example("json_bool(null)", "null"),
      Example(#"json_bool("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
