import PlumbColumns

extension ScalarFunction {
  static let matches = ScalarFunction(
    "matches", topic: "regular expressions",
    summary: "Whether a regular expression is found anywhere in a text.",
    details: """
      `text ~ pattern` is the same. The syntax is PCRE2's, with Unicode letters and \
      digits; `(?i)` at the beginning ignores case, `^` and `$` bind to the ends. A \
      match that takes too long is an error.
      """,
    overloads: [
      Overload([Parameter("text", .string), Parameter("pattern", .string)], result: .always(.bool))
      { (call) throws(FunctionError) in
        let text = call.text(0)
        let patterns = PatternArgument(call, 1)
        return try call.mapToBools { (row) throws(FunctionError) in
          try patterns.at(row).matches(text.utf8(row))
        }
      }
    ],
    examples: [
      Example(#"matches("val_auc", "^val")"#, "true"),
      Example(#"matches("AUC", "(?i)auc")"#, "true"),
      Example(#"matches("", "a")"#, "false"),
      Example(#"matches(null, "a")"#, "null"),
      Example(
        #"matches("a", "[a")"#,
        "error: `[a` is not a regular expression: missing terminating ] for character class, at character 3"
      ),
    ])
}
