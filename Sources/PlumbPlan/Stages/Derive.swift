import PlumbFunctions

extension LanguageDefinition {
  static let derive = LanguageDefinition(
    "derive", topic: "columns",
    forms: ["derive NAME = EXPRESSION, …"],
    summary: "Adds columns, or replaces those of the same name.",
    details: """
      Later items see earlier ones. A replaced column keeps its place; new ones come last.
      """,
    setup: "let t = table([{x: 2, y: 8}, {x: 0, y: 1}, {x: null, y: 1}])",
    examples: [
      Example(
        "t | derive ratio = y / x, percent = 100 * ratio",
        """
        ┌──────┬─────┬──────────┬──────────┐
        │    x │   y │    ratio │  percent │
        │  int │ int │    float │    float │
        ├──────┼─────┼──────────┼──────────┤
        │    2 │   8 │      4.0 │    400.0 │
        │    0 │   1 │ Infinity │ Infinity │
        │ null │   1 │     null │     null │
        └──────┴─────┴──────────┴──────────┘
        3 rows
        """),
      Example(
        "t | derive x = x ?? 0",
        """
        ┌─────┬─────┐
        │   x │   y │
        │ int │ int │
        ├─────┼─────┤
        │   2 │   8 │
        │   0 │   1 │
        │   0 │   1 │
        └─────┴─────┘
        3 rows
        """),
      Example(#"t | derive z = y + "a""#, "error: `+` does not take int and string"),
    ],
    related: ["select", "window", "if", "case"])
}
