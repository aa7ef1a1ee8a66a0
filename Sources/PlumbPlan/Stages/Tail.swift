import PlumbFunctions

extension LanguageDefinition {
  static let tail = LanguageDefinition(
    "tail", topic: "rows",
    forms: ["tail N"],
    summary: "Keeps the last N rows, in their order.",
    setup: sampleRuns,
    examples: [
      Example(
        "runs | tail 1",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ d      │ tree   │  0.94 │
        └────────┴────────┴───────┘
        1 row
        """),
      Example("runs | tail 0 | count", "0"),
    ],
    related: ["take", "skip"])
}
