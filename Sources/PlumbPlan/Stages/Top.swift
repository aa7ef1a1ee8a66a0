import PlumbFunctions

extension LanguageDefinition {
  static let top = LanguageDefinition(
    "top", topic: "rows",
    forms: [
      "top N by KEY [per GROUP, …] [with ties]",
      "top N by -KEY [per GROUP, …] [with ties]",
    ],
    summary: "Keeps the N rows with the greatest key, or with `-` the least, greatest first.",
    details: """
      With `per`, N rows of each group; groups come in order of first appearance, and a row \
      without a group's value is in the group null. On a tie the earlier row wins, unless `with \
      ties` keeps all that tie with the last one. Rows whose key is null or NaN are never kept, \
      so fewer than N may come.
      """,
    parts: [
      Part(
        "by",
        """
        The key: any expression that has an order. A leading `-` turns the order around, also \
        for text and times.
        """),
      Part("per", "The groups: columns or `NAME = EXPRESSION`."),
      Part("with ties", "Also keep the rows whose key equals that of the last one kept."),
    ],
    setup: sampleRuns,
    examples: [
      Example(
        "runs | top 1 by auc",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ b      │ cnn    │  0.94 │
        └────────┴────────┴───────┘
        1 row
        """),
      Example(
        "runs | top 1 by auc with ties",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ b      │ cnn    │  0.94 │
        │ d      │ tree   │  0.94 │
        └────────┴────────┴───────┘
        2 rows
        """),
      Example(
        "runs | top 1 by -auc per model",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ a      │ cnn    │  0.81 │
        │ d      │ tree   │  0.94 │
        └────────┴────────┴───────┘
        2 rows
        """),
      Example(#"runs | where model == "none" | top 1 by auc | count"#, "0"),
    ],
    related: ["sort", "arg_max", "pareto"])
}
