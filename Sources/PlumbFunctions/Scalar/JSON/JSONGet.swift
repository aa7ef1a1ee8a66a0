import PlumbColumns

extension ScalarFunction {
  static let jsonGet = ScalarFunction(
    "json_get", topic: "JSON",
    summary: "The part of a JSON text at a path, as text.",
    details: """
      Strings stand bare, all else is JSON text. Null where there is no such part or it is null. \
      Text that is not JSON is an error; see `json_valid`. \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.string)
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapTexts { (row) throws(FunctionError) in
          try arguments.part(row).flatMap(\.bareText)
        }
      }
    ],
    examples: [
      Example(#"json_get('{"a": {"b": [1, 2]}}', "$.a.b[1]")"#, "2"),
      Example(#"json_get('{"a": "x"}', "a")"#, "x"),
      Example(#"json_get('{"a": [1, {"b": 2}]}', "a[-1]")"#, #"{"b": 2}"#),
      Example(#"json_get('{"a": 1}', "b")"#, "null"),
      Example(#"json_get('{"a": 1}', "a[")"#, "error: `a[` is not a path into JSON"),
      Example("json_get(null)", "null"),
      Example(#"json_get("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
