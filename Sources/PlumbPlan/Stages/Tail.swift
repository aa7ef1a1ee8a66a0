import PlumbFunctions

extension LanguageDefinition {
  static let tail = LanguageDefinition(
    "tail", topic: "rows",
    forms: ["tail N"],
    summary: "Keeps the last N rows, in their order.",
    setup: """
      let runs = table([
        {name: "a", model: "cnn", auc: 0.81}, {name: "b", model: "cnn", auc: 0.94},
        {name: "c", model: "tree", auc: null}, {name: "d", model: "tree", auc: 0.94}
      ])
      """,
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
