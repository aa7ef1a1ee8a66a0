import PlumbFunctions

extension LanguageDefinition {
  static let sort = LanguageDefinition(
    "sort", topic: "rows",
    forms: ["sort KEY, -KEY, …"],
    summary: "Orders the rows; `-` before a key means descending.",
    details: """
      Stable: rows with equal keys keep their order. Null comes last in both directions, NaN \
      before it and after every number. Text goes by Unicode code points. A `-` turns the order \
      of any type around; `sort -(a + b)` needs its parentheses.
      """,
    setup: sampleRuns,
    examples: [
      Example(
        "runs | sort -auc, name | select name, auc",
        """
        ┌────────┬───────┐
        │ name   │   auc │
        │ string │ float │
        ├────────┼───────┤
        │ b      │  0.94 │
        │ d      │  0.94 │
        │ a      │  0.81 │
        │ c      │  null │
        └────────┴───────┘
        4 rows
        """),
      Example(
        "runs | sort model, -name | select name",
        """
        ┌────────┐
        │ name   │
        │ string │
        ├────────┤
        │ b      │
        │ a      │
        │ d      │
        │ c      │
        └────────┘
        4 rows
        """),
      Example(
        "table([{x: nan}, {x: null}, {x: 2.0}]) | sort -x",
        """
        ┌───────┐
        │     x │
        │ float │
        ├───────┤
        │   2.0 │
        │   NaN │
        │  null │
        └───────┘
        3 rows
        """),
    ],
    related: ["top", "window"])
}
