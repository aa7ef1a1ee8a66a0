import PlumbFunctions

extension LanguageDefinition {
  static let lines = LanguageDefinition(
    "lines", topic: "programs",
    forms: [
      "STATEMENT",
      "STATEMENT; STATEMENT",
      "# COMMENT",
      "## DOCUMENTATION",
    ],
    summary: "A statement ends at the end of its line, or at `;`.",
    details: """
      It goes on inside brackets, after a `|`, a comma or an operator, and when the next line \
      begins with `|`, `and`, `or`, `else`, `??` or an operator other than `-`. Blank lines and \
      comments inside a pipeline are allowed. `##` above a `def` is its documentation.
      """,
    examples: [
      Example(
        """
        let a = 1; let b = 2
        a +
          b
        """,
        "3"),
      Example(
        """
        table([{x: 1}])
        # only some rows
        | where x > 0
        | count
        """,
        "1"),
      Example("1 2", "error: two statements stand on one line"),
    ],
    related: ["pipelines", "def"],
    aliases: ["#", "##", ";", "comments", "comment"])
}
