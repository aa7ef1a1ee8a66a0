import PlumbFunctions

extension LanguageDefinition {
  static let select = LanguageDefinition(
    "select", topic: "columns",
    forms: ["select COLUMN, NAME = EXPRESSION, PREFIX.*, /REGEX/, * [except (…)]"],
    summary: "Keeps or computes just these columns, in this order.",
    details: """
      Expressions see the columns that come in, not those computed beside them. What has no name \
      of its own needs one: `select half = x / 2`. The members of a family keep their flat \
      names, such as `metrics.auc`.
      """,
    parts: [
      Part("PREFIX.*", "Every column under a prefix, such as `tags.*`."),
      Part("/REGEX/", "Every column whose name matches a regular expression."),
      Part("*", "Every column."),
      Part("except (…)", "All of the spread but these."),
    ],
    setup: #"let t = table([{x: 1, y: 2.5, z: "a"}])"#,
    examples: [
      Example(
        "t | select z, half = x / 2",
        """
        ┌────────┬───────┐
        │ z      │  half │
        │ string │ float │
        ├────────┼───────┤
        │ a      │   0.5 │
        └────────┴───────┘
        1 row
        """),
      Example(
        "t | select * except (y)",
        """
        ┌─────┬────────┐
        │   x │ z      │
        │ int │ string │
        ├─────┼────────┤
        │   1 │ a      │
        └─────┴────────┘
        1 row
        """),
      Example(
        "t | select /^[xy]$/",
        """
        ┌─────┬───────┐
        │   x │     y │
        │ int │ float │
        ├─────┼───────┤
        │   1 │   2.5 │
        └─────┴───────┘
        1 row
        """),
      Example("t | select x / 2", "error: a computed column needs a name"),
      Example("t | select w", "error: unknown column `w`"),
    ],
    related: ["derive", "drop", "rename"])
}
