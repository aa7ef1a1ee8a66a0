import PlumbFunctions

extension LanguageDefinition {
  static let skip = LanguageDefinition(
    "skip", topic: "rows",
    forms: ["skip N"],
    summary: "Leaves out the first N rows.",
    setup: sampleRuns,
    examples: [
      Example(
        "runs | skip 3",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ d      │ tree   │  0.94 │
        └────────┴────────┴───────┘
        1 row
        """),
      Example("runs | skip 99 | count", "0"),
    ],
    related: ["take", "tail"])
}
