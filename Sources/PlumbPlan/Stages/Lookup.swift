import PlumbFunctions

extension LanguageDefinition {
  static let lookup = LanguageDefinition(
    "lookup", topic: "tables",
    forms: ["lookup TABLE on KEY, LEFT == RIGHT, … [suffix = TEXT]"],
    summary: "Adds the columns of the one row of another table that matches, or nulls.",
    details: """
      A left join that never adds rows: a row with two matches is an error. Null and NaN keys \
      match nothing.
      """,
    parts: [
      Part("suffix", "As for `join`.")
    ],
    setup: """
      let runs = table([{run: 1, name: "a"}, {run: 2, name: "b"}, {run: null, name: "c"}])
      let tags = table([{run: 1, tag: "x"}, {run: 1, tag: "y"}, {run: 3, tag: "z"}])
      """,
    examples: [
      Example(
        "tags | lookup runs on run",
        """
        ┌─────┬────────┬────────┐
        │ run │ tag    │ name   │
        │ int │ string │ string │
        ├─────┼────────┼────────┤
        │   1 │ x      │ a      │
        │   1 │ y      │ a      │
        │   3 │ z      │ null   │
        └─────┴────────┴────────┘
        3 rows
        """),
      Example("runs | lookup tags on run", "error: the lookup finds 2 rows for `run` = 1"),
    ],
    related: ["join", "asof"])
}
