import PlumbFunctions

extension LanguageDefinition {
  static let take = LanguageDefinition(
    "take", topic: "rows",
    forms: ["take N"],
    summary: "Keeps the first N rows.",
    details: """
      Fewer if there are fewer. N is known before any row is read: a literal, a variable or a \
      parameter.
      """,
    setup: sampleRuns,
    examples: [
      Example(
        "runs | take 2",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ a      │ cnn    │  0.81 │
        │ b      │ cnn    │  0.94 │
        └────────┴────────┴───────┘
        2 rows
        """),
      Example("runs | take 0 | count", "0"),
      Example("runs | take -1", "error: a number of rows is not negative"),
    ],
    related: ["skip", "tail", "top", "sample"])
}
