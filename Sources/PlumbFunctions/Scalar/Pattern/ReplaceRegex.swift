import PlumbColumns

extension ScalarFunction {
  static let replaceRegex = ScalarFunction(
    "replace_regex", topic: "regular expressions",
    summary: "A text with every match of a regular expression replaced.",
    details: #"""
      In the new text `$1` or `\1` stands for the first group, `$0` for the whole match, \#
      `${name}` for a named group, and `$$` for a dollar sign.
      """#,
    overloads: [
      Overload(
        [Parameter("text", .string), Parameter("pattern", .string), Parameter("new", .string)],
        result: .always(.string)
      ) { (call) throws(FunctionError) in
        let (text, new) = (call.text(0), call.text(2))
        let patterns = PatternArgument(call, 1)
        return try call.mapTexts { (row) throws(FunctionError) in
          let regex = try patterns.at(row)
          let template = try ReplacementTemplate(new[row], for: regex)
          let bytes = text.utf8(row)
          var result: [UInt8] = []
          var end = 0
          try regex.forEachMatch(in: bytes, control: call.environment.control) {
            (ranges) throws(FunctionError) in
            guard let whole = ranges[0] else { return true }
            result += bytes[end..<whole.lowerBound]
            template.append(to: &result, ranges, bytes)
            end = whole.upperBound
            return true
          }
          return String(decoding: result + bytes[end...], as: UTF8.self)
        }
      }
    ],
    examples: [
      Example(#"replace_regex("run-12", "[0-9]+", "N")"#, "run-N"),
      Example(#"replace_regex("a=1", r"(\w)=(\w)", "$2=$1")"#, "1=a"),
      Example(#"replace_regex("", "x", "y")"#, ""),
      Example(#"replace_regex("ab", "", "-")"#, "-a-b-"),
      Example(#"replace_regex(null, "x", "y")"#, "null"),
      Example(
        #"replace_regex("a", "a", "$1")"#, "error: the regular expression `a` has no group 1"),
    ])
}
