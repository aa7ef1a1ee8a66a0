import PlumbFunctions

extension LanguageDefinition {
  static let union = LanguageDefinition(
    "union", topic: "tables",
    forms: ["union TABLE"],
    summary: "Puts the rows of another table below.",
    details: """
      Columns are matched by name; what one side lacks is null there. Ints meet floats as \
      floats; a parameter that is a number in one store and a word in another is its text in \
      both; other types that differ are an error. Every row is kept: `distinct` removes \
      duplicates.
      """,
    setup: """
      let a = table([{x: 1, y: "a"}])
      let b = table([{x: 2.5, z: true}])
      """,
    examples: [
      Example(
        "a | union b",
        """
        ┌───────┬────────┬──────┐
        │     x │ y      │ z    │
        │ float │ string │ bool │
        ├───────┼────────┼──────┤
        │   1.0 │ a      │ null │
        │   2.5 │ null   │ true │
        └───────┴────────┴──────┘
        2 rows
        """),
      Example(
        "a | union (b | select y = z)",
        "error: `y` is string on the left and bool on the right"),
    ],
    related: ["join", "distinct"])
}
