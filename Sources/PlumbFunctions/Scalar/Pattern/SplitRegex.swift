import PlumbColumns

extension ScalarFunction {
  static let splitRegex = ScalarFunction(
    "split_regex", topic: "regular expressions",
    summary: "The parts of a text between the matches of a regular expression.",
    details: "An empty text has one part, the empty text. Empty matches separate nothing.",
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("pattern", .string)], result: .always(.list(.string))
      ) { (call) throws(FunctionError) in
        let text = call.text(0)
        let patterns = PatternArgument(call, 1)
        return try call.mapToValues { (row) throws(FunctionError) in
          let bytes = text.utf8(row)
          var parts: [String] = []
          var end = 0
          try patterns.at(row).forEachMatch(in: bytes, control: call.environment.control) {
            (ranges) throws(FunctionError) in
            guard let whole = ranges[0], !whole.isEmpty else { return true }
            parts.append(String(decoding: bytes[end..<whole.lowerBound], as: UTF8.self))
            end = whole.upperBound
            return true
          }
          parts.append(String(decoding: bytes[end...], as: UTF8.self))
          return textList(parts)
        }
      }
    ],
    examples: [
      Example(#"split_regex("a1b22c", "[0-9]+")"#, #"["a","b","c"]"#),
      Example(#"split_regex("", ",")"#, #"[""]"#),
      Example(#"split_regex(null, ",")"#, "null"),
      Example(
        #"split_regex("a", "[a")"#,
        "error: `[a` is not a regular expression: missing terminating ] for character class, at character 3"
      ),
    ])
}
