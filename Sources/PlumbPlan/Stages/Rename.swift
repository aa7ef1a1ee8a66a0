import PlumbFunctions

extension LanguageDefinition {
  static let rename = LanguageDefinition(
    "rename", topic: "columns",
    forms: ["rename NEW = OLD, …"],
    summary: "Gives columns other names; they keep their places.",
    setup: "let t = table([{x: 1, y: 2.5}])",
    examples: [
      Example(
        "t | rename score = y",
        """
        ┌─────┬───────┐
        │   x │ score │
        │ int │ float │
        ├─────┼───────┤
        │   1 │   2.5 │
        └─────┴───────┘
        1 row
        """),
      Example("t | rename y = x", "error: two columns would be called `y`"),
    ],
    related: ["select", "derive"])
}
