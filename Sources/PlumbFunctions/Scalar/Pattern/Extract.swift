import PlumbColumns

extension ScalarFunction {
  static let extract = ScalarFunction(
    "extract", topic: "regular expressions",
    summary: "The first match of a regular expression in a text, or a group of it.",
    details: """
      Without a group it is the first group in parentheses, or the whole match if there \
      is none. `group = 0` is the whole; a name chooses `(?<name>...)`. Null when \
      nothing matches or the group takes no part.
      """,
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("pattern", .string)], result: .always(.string)
      ) { (call) throws(FunctionError) in
        try extractGroups(call) { (regex, row) throws(FunctionError) in min(1, regex.groupCount) }
      },
      Overload(
        [
          Parameter("text", .string), Parameter("pattern", .string),
          Parameter("group", .int),
        ], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let groups = call.arguments[2].integers()
        return try extractGroups(call) { (regex, row) throws(FunctionError) in
          try regex.group(groups[row])
        }
      },
      Overload(
        [
          Parameter("text", .string), Parameter("pattern", .string),
          Parameter("group", .string),
        ], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let names = call.text(2)
        return try extractGroups(call) { (regex, row) throws(FunctionError) in
          try regex.group(named: names[row])
        }
      },
    ],
    examples: [
      Example(#"extract("epoch=12", "=([0-9]+)")"#, "12"),
      Example(#"extract("epoch=12", "[a-z]+")"#, "epoch"),
      Example(#"extract("a-b", "(.)-(.)", 2)"#, "b"),
      Example(#"extract("lr=0.1", "lr=(?<rate>.*)", "rate")"#, "0.1"),
      Example(#"extract("", "(x)")"#, "null"),
      Example(#"extract(null, "x")"#, "null"),
      Example(#"extract("a", "(a)", 2)"#, "error: the regular expression `(a)` has no group 2"),
    ])
}

/// The first match's text of a group that is chosen for each row.
private func extractGroups(
  _ call: KernelCall,
  _ group: (RegularExpression, Int) throws(FunctionError) -> Int
) throws(FunctionError) -> Column {
  let text = call.text(0)
  let patterns = PatternArgument(call, 1)
  return try call.mapTexts { (row) throws(FunctionError) in
    let regex = try patterns.at(row)
    let wanted = try group(regex, row)
    var found: String?
    let bytes = text.utf8(row)
    try regex.forEachMatch(in: bytes, control: call.environment.control) {
      (ranges) throws(FunctionError) in
      found = ranges[wanted].map { String(decoding: bytes[$0], as: UTF8.self) }
      return false
    }
    return found
  }
}
