import PlumbColumns

extension ScalarFunction {
  static let jsonList = ScalarFunction(
    "json_list", topic: "JSON",
    summary: "The elements of the JSON array at a path, as a list of texts.",
    details: """
      Strings stand bare, all else is JSON text. Null where there is no array. \(pathSyntax)
      """,
    overloads: [
      Overload(
        Parameter.textAndPath,
        result: .always(.list(.string))
      ) { (call) throws(FunctionError) in
        let arguments = JSONArguments(call)
        return try call.mapToValues { (row) throws(FunctionError) in
          try arguments.part(row)?.list() ?? .null
        }
      }
    ],
    examples: [
      Example(#"json_list('["a", 1, null]')"#, #"["a","1",null]"#),
      Example(#"json_list('{"a": []}', "a")"#, "[]"),
      Example(#"json_list('{"a": 1}', "a")"#, "null"),
      Example("json_list(null)", "null"),
      Example(#"json_list("")"#, "error: the text is not JSON: the text ends where a value is due"),
    ])
}
