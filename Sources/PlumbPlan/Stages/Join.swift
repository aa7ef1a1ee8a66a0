import PlumbFunctions

extension LanguageDefinition {
  static let join = LanguageDefinition(
    "join", topic: "tables",
    forms: [
      "join [left | right | full | semi | anti] TABLE on KEY, LEFT == RIGHT, … [suffix = TEXT]"
    ],
    summary: "Adds the columns of the rows of another table that match on the keys.",
    details: """
      Every pair of rows that match gives a row: duplicates are never removed. The rows come in \
      the order of the left table, and within it of the right; columns of the left come first. A \
      key of the same name is kept once. Null and NaN keys match nothing.

      TABLE is always a table or a variable, never a column; a pipeline stands in parentheses.
      """,
    parts: [
      Part("(none)", "Only rows that match."),
      Part("left", "Also rows of the left that match nothing, with nulls."),
      Part("right", "Also rows of TABLE that match nothing, last."),
      Part("full", "Both."),
      Part("semi", "Rows of the left that have a match, with their own columns, once each."),
      Part("anti", "Rows of the left that have none."),
      Part(
        "suffix",
        """
        What a column of TABLE gets after its name when the left has one of that name; `_right` \
        unless given. An open family that clashes becomes `params_right.*`.
        """),
    ],
    setup: """
      let runs = table([{run: 1, name: "a"}, {run: 2, name: "b"}, {run: null, name: "c"}])
      let tags = table([{run: 1, tag: "x"}, {run: 1, tag: "y"}, {run: 3, tag: "z"}])
      """,
    examples: [
      Example(
        "runs | join tags on run",
        """
        ┌─────┬────────┬────────┐
        │ run │ name   │ tag    │
        │ int │ string │ string │
        ├─────┼────────┼────────┤
        │   1 │ a      │ x      │
        │   1 │ a      │ y      │
        └─────┴────────┴────────┘
        2 rows
        """),
      Example(
        "runs | join left tags on run",
        """
        ┌──────┬────────┬────────┐
        │  run │ name   │ tag    │
        │  int │ string │ string │
        ├──────┼────────┼────────┤
        │    1 │ a      │ x      │
        │    1 │ a      │ y      │
        │    2 │ b      │ null   │
        │ null │ c      │ null   │
        └──────┴────────┴────────┘
        4 rows
        """),
      Example(
        "runs | join anti tags on run",
        """
        ┌──────┬────────┐
        │  run │ name   │
        │  int │ string │
        ├──────┼────────┤
        │    2 │ b      │
        │ null │ c      │
        └──────┴────────┘
        2 rows
        """),
      Example(#"runs | join (tags | where tag == "y") on run == run | count"#, "1"),
      Example(
        "runs | join tags on name == run",
        "error: the key is string on the left and int on the right"),
    ],
    related: ["lookup", "asof", "union"])
}
