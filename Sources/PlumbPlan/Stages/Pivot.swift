import PlumbFunctions

extension LanguageDefinition {
  static let pivot = LanguageDefinition(
    "pivot", topic: "shape",
    forms: ["pivot AGGREGATE by COLUMN [in [VALUE, …]] [per KEY, …]"],
    summary: "Gives a row for each group and a column for each value of a column.",
    details: """
      The new columns come in order of first appearance, or as `in` lists them; a value of null \
      is called `null`. Where a group has no rows of a value, the cell is what the aggregate \
      gives over nothing. Which columns come is known when the rows are, so that a program whose \
      later stages name them is checked when it reaches them; with `in` it is checked before.
      """,
    parts: [
      Part("by", "The column whose values become columns."),
      Part("in", "The values, in this order; others are left out."),
      Part("per", "The groups that become rows; without it one row."),
    ],
    setup: """
      let votes = table([
        {model: "cnn", grade: "A", n: 3}, {model: "cnn", grade: "B", n: 1},
        {model: "tree", grade: "A", n: 2}
      ])
      """,
    examples: [
      Example(
        "votes | pivot sum(n) by grade per model",
        """
        ┌────────┬─────┬─────┐
        │ model  │   A │   B │
        │ string │ int │ int │
        ├────────┼─────┼─────┤
        │ cnn    │   3 │   1 │
        │ tree   │   2 │   0 │
        └────────┴─────┴─────┘
        2 rows
        """),
      Example(
        #"votes | pivot max(n) by grade in ["B", "C"] per model"#,
        """
        ┌────────┬──────┬──────┐
        │ model  │    B │    C │
        │ string │  int │  int │
        ├────────┼──────┼──────┤
        │ cnn    │    1 │ null │
        │ tree   │ null │ null │
        └────────┴──────┴──────┘
        2 rows
        """),
    ],
    related: ["unpivot", "summarize"])
}
