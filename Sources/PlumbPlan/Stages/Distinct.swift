import PlumbFunctions

extension LanguageDefinition {
  static let distinct = LanguageDefinition(
    "distinct", topic: "rows",
    forms: [
      "distinct",
      "distinct COLUMN, …",
    ],
    summary: "Keeps the first row of each combination of values, as a whole row.",
    details: """
      Without columns, of each different row. Null is a value of its own here, and all NaN are \
      one. Rows keep their order. `select` before it narrows what is compared and kept.
      """,
    setup: sampleRuns,
    examples: [
      Example(
        "runs | distinct model",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ a      │ cnn    │  0.81 │
        │ c      │ tree   │  null │
        └────────┴────────┴───────┘
        2 rows
        """),
      Example(
        "runs | select model | distinct",
        """
        ┌────────┐
        │ model  │
        │ string │
        ├────────┤
        │ cnn    │
        │ tree   │
        └────────┘
        2 rows
        """),
    ],
    related: ["count_distinct", "list_distinct", "summarize"])
}
