import PlumbColumns

extension ScalarFunction {
  static let countMatches = ScalarFunction(
    "count_matches", topic: "regular expressions",
    summary: "How often a regular expression matches in a text, without overlaps.",
    overloads: [
      Overload([Parameter("text", .string), Parameter("pattern", .string)], result: .always(.int)) {
        (call) throws(FunctionError) in
        let text = call.text(0)
        let patterns = PatternArgument(call, 1)
        return try call.mapToIntegers { (row) throws(FunctionError) in
          var count = 0
          try patterns.at(row).forEachMatch(in: text.utf8(row), control: call.environment.control) {
            (_) throws(FunctionError) in
            count += 1
            return true
          }
          return count
        }
      }
    ],
    examples: [
      Example(#"count_matches("a1 b22", "[0-9]+")"#, "2"),
      Example(#"count_matches("", "a")"#, "0"),
      Example(#"count_matches(null, "a")"#, "null"),
      Example(
        #"count_matches("a", "[a")"#,
        "error: `[a` is not a regular expression: missing terminating ] for character class, at character 3"
      ),
    ])
}
