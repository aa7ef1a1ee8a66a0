import PlumbFunctions

extension LanguageDefinition {
  static let forLoop = LanguageDefinition(
    "for", topic: "control",
    forms: ["for NAME in VALUES { STATEMENTS }"],
    summary: """
      Runs statements for each row of a table, element of a list or number of a range.
      """,
    details: """
      The rows of a table are records. A pipeline may stand after `in`. Results inside the block \
      are shown as at top level.
      """,
    examples: [
      Example(
        "for x in 1..3 { print(x * x) }",
        """
        1
        4
        9
        """),
      Example(
        #"for r in table([{name: "a", auc: 0.9}]) { print(f"{r.name}: {r.auc}") }"#,
        "a: 0.9"),
      Example(
        "for x in 5 { print(x) }",
        "error: `for` goes over a table, a list or a range, not over int"),
    ],
    related: ["while", "break", "continue"])
}
