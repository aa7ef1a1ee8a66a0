import PlumbColumns

extension ScalarFunction {
  static let extractAll = ScalarFunction(
    "extract_all", topic: "regular expressions",
    summary: "All matches of a regular expression in a text, or of a group of it, as a list.",
    details: """
      Groups are chosen as by `extract`; where the group takes no part in a match the \
      element is null.
      """,
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("pattern", .string)], result: .always(.list(.string))
      ) { (call) throws(FunctionError) in
        try everyMatch(call) { (regex, _) throws(FunctionError) in min(1, regex.groupCount) }
      },
      Overload(
        [Parameter("text", .string), Parameter("pattern", .string), Parameter("group", .int)],
        result: .always(.list(.string))
      ) { (call) throws(FunctionError) in
        let groups = call.arguments[2].integers()
        return try everyMatch(call) { (regex, row) throws(FunctionError) in
          try regex.group(groups[row])
        }
      },
    ],
    examples: [
      Example(#"extract_all("a1 b22", "[0-9]+")"#, #"["1","22"]"#),
      Example(#"extract_all("a=1;b=2", "([a-z])=([0-9])", 2)"#, #"["1","2"]"#),
      Example(#"extract_all("", "x")"#, "[]"),
      Example(#"extract_all(null, "x")"#, "null"),
      Example(
        #"extract_all("a", "(a", 1)"#,
        "error: `(a` is not a regular expression: missing closing parenthesis, at character 3"),
    ])
}

private func everyMatch(
  _ call: KernelCall,
  _ group: (RegularExpression, Int) throws(FunctionError) -> Int
) throws(FunctionError) -> Column {
  let text = call.text(0)
  let patterns = PatternArgument(call, 1)
  return try call.mapToValues { (row) throws(FunctionError) in
    let regex = try patterns.at(row)
    let wanted = try group(regex, row)
    let bytes = text.utf8(row)
    var found: [Value] = []
    try regex.forEachMatch(in: bytes, control: call.environment.control) {
      (ranges) throws(FunctionError) in
      found.append(
        ranges[wanted].map { .string(String(decoding: bytes[$0], as: UTF8.self)) } ?? .null)
      return true
    }
    return .list(found, element: .string)
  }
}
