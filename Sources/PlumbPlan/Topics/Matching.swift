import PlumbFunctions

extension LanguageDefinition {
  static let matching = LanguageDefinition(
    "~", topic: "expressions",
    forms: [
      "TEXT ~ PATTERN",
      "TEXT !~ PATTERN",
    ],
    summary: "Whether a regular expression matches anywhere in a text.",
    details: """
      Patterns are PCRE2's, with limits so that none runs for ever; `(?i)` at the start ignores \
      case, `^` and `$` anchor. A null operand gives null.
      """,
    examples: [
      Example(#""Prod-1" ~ "(?i)^prod""#, "true"),
      Example(#""a" !~ "b""#, "true"),
      Example(#"null ~ "a""#, "null"),
      Example(#""" ~ "^$""#, "true"),
      Example(
        #""a" ~ "(""#,
        "error: `(` is not a regular expression: missing closing parenthesis, at character 2"),
    ],
    related: ["matches", "extract", "replace_regex", "starts_with"],
    aliases: ["!~"])
}
