import PlumbFunctions

extension LanguageDefinition {
  static let names = LanguageDefinition(
    "names", topic: "programs",
    forms: [
      "name",
      "`any name`",
      "$name",
    ],
    summary: "Letters, digits and `_`; any other name stands in backquotes.",
    details: """
      Words of stages and clauses are names everywhere else, so columns called `key`, `value` or \
      `count` need no quotes. Reserved everywhere are `and or not in between if then else case \
      fn true false null`.
      """,
    examples: [
      Example(
        "table([{`val/acc`: 1, count: 2}]) | select `val/acc`, count",
        """
        ┌─────────┬───────┐
        │ val/acc │ count │
        │     int │   int │
        ├─────────┼───────┤
        │       1 │     2 │
        └─────────┴───────┘
        1 row
        """),
      Example(
        """
        let x = 9
        table([{x: 1}]) | select x, y = $x
        """,
        """
        ┌─────┬─────┐
        │   x │   y │
        │ int │ int │
        ├─────┼─────┤
        │   1 │   9 │
        └─────┴─────┘
        1 row
        """),
    ],
    related: ["pipelines", "families", "let"],
    aliases: ["`", "$", "backquotes", "keywords"])
}
