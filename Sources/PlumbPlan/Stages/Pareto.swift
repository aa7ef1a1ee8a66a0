import PlumbFunctions

extension LanguageDefinition {
  static let pareto = LanguageDefinition(
    "pareto", topic: "rows",
    forms: ["pareto max(A), min(B), …"],
    summary: "Keeps the rows that no other row beats on every objective.",
    details: """
      A row is beaten by one that is at least as good everywhere and better somewhere. Of equal \
      rows all stay. A row with null or NaN in an objective is left out. The order of the rows \
      stays.
      """,
    parts: [
      Part("max(A)", "More of A is better."),
      Part("min(B)", "Less of B is better."),
    ],
    setup: """
      let models = table([
        {name: "small", auc: 0.88, ms: 3.0}, {name: "big", auc: 0.95, ms: 41.0},
        {name: "slow", auc: 0.87, ms: 60.0}, {name: "lost", auc: nan, ms: 1.0}
      ])
      """,
    examples: [
      Example(
        "models | pareto max(auc), min(ms)",
        """
        ┌────────┬───────┬───────┐
        │ name   │   auc │    ms │
        │ string │ float │ float │
        ├────────┼───────┼───────┤
        │ small  │  0.88 │   3.0 │
        │ big    │  0.95 │  41.0 │
        └────────┴───────┴───────┘
        2 rows
        """)
    ],
    related: ["top"])
}
