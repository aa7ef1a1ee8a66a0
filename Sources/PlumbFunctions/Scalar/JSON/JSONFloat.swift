import PlumbColumns

extension ScalarFunction {
  static let jsonFloat = ScalarFunction(
    "json_float", topic: "JSON",
    summary: "The number at a path of a JSON text, as a float.",
    details: """
      Null where there is no such part or it is null; strings are read as `float` does. \
      \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.float)
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapToFloats { (row) throws(FunctionError) in
          try arguments.part(row)?.float()
        }
      }
    ],
    examples: [
      Example(#"json_float('{"a": 0.5}', "a")"#, "0.5"),
      Example(#"json_float('[1, "NaN"]', "[1]")"#, "NaN"),
      Example(#"json_float('[NaN]', "[0]")"#, "NaN"),
      Example(#"json_float('{"a": 1}', "b")"#, "null"),
      Example(#"json_float('{"a": {}}', "a")"#, "error: `{}` is not a float"),
      Example("json_float(null)", "null"),
      Example(
        #"json_float("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
