import PlumbFunctions

extension LanguageDefinition {
  static let fill = LanguageDefinition(
    "fill", topic: "shape",
    forms: ["fill TIME every STEP [by KEY, …]"],
    summary: "Adds the missing rows of a time grid, with nulls in the other columns.",
    details: """
      The grid is that of `bucket`, from the first to the last time of each group. Rows come \
      group by group, in order of time; a row that lies off the grid stays, and one without a \
      time comes last.
      """,
    parts: [
      Part("every", "The step, such as `1d`."),
      Part("by", "The groups, whose keys the new rows take over."),
    ],
    setup: "let t = table([{day: @2026-11-01, n: 3}, {day: @2026-11-04, n: 5}])",
    examples: [
      Example(
        "t | fill day every 1d",
        """
        ┌────────────┬──────┐
        │ day        │    n │
        │ timestamp  │  int │
        ├────────────┼──────┤
        │ 2026-11-01 │    3 │
        │ 2026-11-02 │ null │
        │ 2026-11-03 │ null │
        │ 2026-11-04 │    5 │
        └────────────┴──────┘
        4 rows
        """),
      Example(
        "t | fill day every 1d | derive n = n ?? 0 | summarize sum(n), count()",
        """
        ┌───────┬───────┐
        │ sum_n │ count │
        │   int │   int │
        ├───────┼───────┤
        │     8 │     4 │
        └───────┴───────┘
        1 row
        """),
      Example("t | fill n every 1d", "error: `fill` goes by a timestamp, and `n` is int"),
    ],
    related: ["bucket", "fill_forward"])
}
