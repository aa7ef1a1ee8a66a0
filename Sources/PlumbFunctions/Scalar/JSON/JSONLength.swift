import PlumbColumns

extension ScalarFunction {
  static let jsonLength = ScalarFunction(
    "json_length", topic: "JSON",
    summary: "The number of elements of the JSON array, or of keys of the object, at a path.",
    details: """
      Null where there is neither. \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.int)
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapToIntegers { (row) throws(FunctionError) in
          try arguments.part(row)?.length()
        }
      }
    ],
    examples: [
      Example("json_length('[1, 2, 3]')", "3"),
      Example(#"json_length('{"a": {}}', "a")"#, "0"),
      Example("json_length('5')", "null"),
      Example("json_length(null)", "null"),
      Example(
        #"json_length("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
