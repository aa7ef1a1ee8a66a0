import PlumbFunctions

extension LanguageDefinition {
  static let explode = LanguageDefinition(
    "explode", topic: "shape",
    forms: ["explode LIST"],
    summary: "Gives a row for each element of a list column; the other columns are repeated.",
    details: "A list that is null or empty gives one row with null.",
    setup: #"let t = table([{name: "a", tags: ["x", "y"]}, {name: "b", tags: []}])"#,
    examples: [
      Example(
        "t | explode tags",
        """
        ┌────────┬────────┐
        │ name   │ tags   │
        │ string │ string │
        ├────────┼────────┤
        │ a      │ x      │
        │ a      │ y      │
        │ b      │ null   │
        └────────┴────────┘
        3 rows
        """),
      Example("t | explode name", "error: `explode` takes a list column, and `name` is string"),
    ],
    related: ["list", "split"])
}
