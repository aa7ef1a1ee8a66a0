import PlumbFunctions

extension LanguageDefinition {
  static let describe = LanguageDefinition(
    "describe", topic: "groups",
    forms: ["describe"],
    summary: """
      Gives a row for each column: type, count, nulls, distinct values and, for what has an \
      order, statistics.
      """,
    details: """
      `count` is of values that are not null. `mean`, `stddev` and the quantiles are for \
      numbers, `min` and `max` for all that has an order, as text; NaN is ignored by the \
      extremes and quantiles.
      """,
    setup: #"let t = table([{x: 1, z: "a"}, {x: 4, z: "a"}, {x: null, z: "b"}])"#,
    examples: [
      Example(
        "t | describe | select column, type, count, nulls, distinct, mean, min, max",
        """
        ┌────────┬────────┬───────┬───────┬──────────┬───────┬────────┬────────┐
        │ column │ type   │ count │ nulls │ distinct │  mean │ min    │ max    │
        │ string │ string │   int │   int │      int │ float │ string │ string │
        ├────────┼────────┼───────┼───────┼──────────┼───────┼────────┼────────┤
        │ x      │ int    │     2 │     1 │        2 │   2.5 │ 1      │ 4      │
        │ z      │ string │     3 │     0 │        2 │  null │ a      │ b      │
        └────────┴────────┴───────┴───────┴──────────┴───────┴────────┴────────┘
        2 rows
        """)
    ],
    related: ["summarize", "histogram"])
}
