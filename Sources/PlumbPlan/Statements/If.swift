import PlumbFunctions

extension LanguageDefinition {
  static let ifElse = LanguageDefinition(
    "if", topic: "control",
    forms: [
      "if CONDITION { STATEMENTS } else if CONDITION { STATEMENTS } else { STATEMENTS }",
      "if CONDITION then VALUE else VALUE",
    ],
    summary: "Runs statements, or chooses a value, by a condition.",
    details: """
      A condition that is null is not true. As an expression it works row by row, and needs its \
      `else`; both values have one type.
      """,
    examples: [
      Example(#"if 2 > 1 { print("more") } else { print("less") }"#, "more"),
      Example("if null then 1 else 2", "2"),
      Example(
        #"table([{x: 0.95}, {x: nan}]) | select grade = if x > 0.9 then "A" else "B""#,
        """
        ┌────────┐
        │ grade  │
        │ string │
        ├────────┤
        │ A      │
        │ B      │
        └────────┘
        2 rows
        """),
      Example("if 1 then 2 else 3", "error: a condition must be a bool, and this is of type int"),
    ],
    related: ["case", "and", "while"])
}
