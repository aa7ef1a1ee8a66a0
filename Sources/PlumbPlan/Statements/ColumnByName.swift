import PlumbFunctions

extension LanguageDefinition {
  static let columnByName = LanguageDefinition(
    "column", topic: "data",
    forms: ["column(NAME, …)"],
    summary: "Reads the column that a text names, for names that a program computes.",
    details: """
      The name must be known before any row is read, and is looked up as if it were written \
      out: `column("metrics.auc")` is `metrics.auc`. Of several names the first counts that the \
      rows have, for tables of one meaning whose columns are called differently. When none is there it \
      is an error, or null if the last argument is `null`.
      """,
    setup: """
      let t = table([{auc: 0.9, loss: 0.2}, {auc: null, loss: 0.4}])
      let metric = "loss"
      """,
    examples: [
      Example("t | summarize worst = max(column(metric))", "0.4"),
      Example("t | where false | summarize worst = max(column(metric))", "null"),
      Example(#"t | summarize worst = max(column("penalty", "loss"))"#, "0.4"),
      Example(#"t | summarize worst = max(column("penalty", null))"#, "null"),
      Example(#"t | select x = column("acu")"#, "error: unknown column `acu`"),
    ],
    related: ["columns", "def", "select"])

  static let columnsByName = LanguageDefinition(
    "columns", topic: "data",
    forms: ["columns(NAMES)"],
    summary: "Stands for the columns that a list of texts names, where several columns may stand.",
    details: """
      In `select`, `drop`, `distinct`, `unpivot` and `sort`, and after `by`, `per` and `except`. \
      The names are a list or one text, known before any row is read; of a name that comes \
      twice the first counts, and `[]` stands for no column.
      """,
    setup: """
      let t = table([{a: 1, b: 2, c: 3}, {a: 1, b: 4, c: nan}])
      let names = ["c", "a"]
      """,
    examples: [
      Example(
        "t | select columns(names)",
        """
        ┌───────┬─────┐
        │     c │   a │
        │ float │ int │
        ├───────┼─────┤
        │   3.0 │   1 │
        │   NaN │   1 │
        └───────┴─────┘
        2 rows
        """),
      Example("t | summarize n = count() by columns([])", "2"),
      Example(
        "t | summarize n = count() by columns(null)",
        "error: the names of columns are a text or a list of texts"),
    ],
    related: ["column", "select", "summarize"])
}
