import PlumbColumns

extension ScalarFunction {
  static let jsonInt = ScalarFunction(
    "json_int", topic: "JSON",
    summary: "The int at a path of a JSON text.",
    details: """
      Null where there is no such part or it is null; strings are read as `int` does, floats must \
      be whole. \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.int)
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapToIntegers { (row) throws(FunctionError) in
          try arguments.part(row)?.int()
        }
      }
    ],
    examples: [
      Example(#"json_int('{"a": 5}', "a")"#, "5"),
      Example(#"json_int('{"a": "7"}', "a")"#, "7"),
      Example(#"json_int('{"a": 1}', "b")"#, "null"),
      Example(#"json_int('{"a": true}', "a")"#, "error: `true` is not an int"),
      Example("json_int(null)", "null"),
      Example(#"json_int("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
