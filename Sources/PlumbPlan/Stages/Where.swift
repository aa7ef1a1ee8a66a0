import PlumbFunctions

extension LanguageDefinition {
  static let `where` = LanguageDefinition(
    "where", topic: "rows",
    forms: ["where CONDITION"],
    summary: "Keeps the rows on which a condition is true.",
    details: """
      A condition that is null does not keep its row; the shell says how many rows that were. \
      `==`, `!=` and `in` never give null, so `x != "a"` keeps rows where `x` is null; the other \
      comparisons give null when a side is null, and false when a side is NaN (`!=` gives true). \
      The order of the rows stays.

      Several conditions are joined with `and`, or stand in several `where`.
      """,
    setup: sampleRuns,
    examples: [
      Example(
        "runs | where auc > 0.9",
        """
        ┌────────┬────────┬───────┐
        │ name   │ model  │   auc │
        │ string │ string │ float │
        ├────────┼────────┼───────┤
        │ b      │ cnn    │  0.94 │
        │ d      │ tree   │  0.94 │
        └────────┴────────┴───────┘
        2 rows
        1 row was left out because its condition was null
        """),
      Example(#"runs | where auc == null or model == "cnn" | count"#, "3"),
      Example("runs | where auc = 0.94", "error: `=` binds a name and does not compare"),
      Example("runs | where acu > 0.9", "error: unknown column `acu`"),
    ],
    related: ["comparisons", "null", "expect"])
}
