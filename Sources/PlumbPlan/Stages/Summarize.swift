import PlumbFunctions

extension LanguageDefinition {
  static let summarize = LanguageDefinition(
    "summarize", topic: "groups",
    forms: ["summarize NAME = AGGREGATE, … [by KEY, NAME = EXPRESSION, …]"],
    summary: "Gives one row for each group, with what aggregates make of its rows.",
    details: """
      The keys come first, then the results. Groups come in order of first appearance; null is a \
      group of its own, and all NaN are one. Without `by` there is exactly one row, also over no \
      rows; with it, no rows give no groups.

      An aggregate without a name is called after its function and column: `mean(x)` is \
      `mean_x`, `count()` is `count`. Results may be computed with: `spread = max(x) - min(x)`. \
      Every aggregate takes `where = CONDITION`: `mean(x, where = step > 10)`. Aggregates skip \
      nulls.
      """,
    parts: [
      Part(
        "by",
        "The keys: columns, or expressions with a name such as `week = bucket(start_time, 1w)`.")
    ],
    setup: sampleRuns,
    examples: [
      Example(
        "runs | summarize n = count(), best = max(auc) by model",
        """
        ┌────────┬─────┬───────┐
        │ model  │   n │  best │
        │ string │ int │ float │
        ├────────┼─────┼───────┤
        │ cnn    │   2 │  0.94 │
        │ tree   │   2 │  0.94 │
        └────────┴─────┴───────┘
        2 rows
        """),
      Example("runs | summarize spread = max(auc) - min(auc)", "0.1299999999999999"),
      Example(
        "runs | where auc > 2 | summarize count(), mean(auc)",
        """
        ┌───────┬──────────┐
        │ count │ mean_auc │
        │   int │    float │
        ├───────┼──────────┤
        │     0 │     null │
        └───────┴──────────┘
        1 row
        1 row was left out because its condition was null
        """),
      Example(
        "runs | summarize good = count_if(auc > 0.9) by model = upper(model)",
        """
        ┌────────┬──────┐
        │ model  │ good │
        │ string │  int │
        ├────────┼──────┤
        │ CNN    │    1 │
        │ TREE   │    1 │
        └────────┴──────┘
        2 rows
        """),
      Example("runs | summarize auc", "error: `auc` is neither a key nor inside an aggregate"),
    ],
    related: ["count", "mean", "quantile", "pivot", "window", "bucket"])
}
