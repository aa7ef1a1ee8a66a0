import PlumbFunctions

extension LanguageDefinition {
  static let stringType = LanguageDefinition(
    "string", topic: "values",
    forms: [
      #""…""#,
      "'…'",
      #"r"…""#,
      #""""…""""#,
      #"f"… {EXPRESSION:FORMAT} …""#,
    ],
    summary: "Text.",
    details: #"""
      `\n`, `\t`, `\\`, `\"` and `\u{1F600}` are escapes; `r"…"` has none, which suits regular \#
      expressions. Three quotes hold text of several lines. Only `f"…"` fills in: the value of \#
      an expression, with a format such as `.3f` after a colon; a brace is written `{{`. `+` \#
      joins texts. Lengths and positions count characters as people see them.
      """#,
    examples: [
      Example(#""a" + "b""#, "ab"),
      Example(#"f"{0.12345:.3f} on {1 + 1} runs""#, "0.123 on 2 runs"),
      Example(#"r"\d+""#, #"\d+"#),
      Example(#""a" + 1"#, "error: `+` does not take string and int"),
    ],
    related: ["format", "~", "length", "split", "replace"],
    aliases: ["text", "f"])
}
