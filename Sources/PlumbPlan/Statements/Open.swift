import PlumbFunctions

extension LanguageDefinition {
  static let open = LanguageDefinition(
    "open", topic: "data",
    forms: [#"open "ADDRESS" [as NAME] [, OPTION = VALUE, …]"#],
    summary: "Attaches a source: its tables can be used by their names.",
    details: """
      With `as`, their names get a prefix: `b.runs`. A source is only read, never changed. What \
      kind it is its content tells, or else its ending. The same can be done on the command \
      line: `plumb mlflow.db`. Run events of OpenLineage and exports of Weights & Biases, as JSON, \
      are opened as the tables that they tell of; `load` and `mapping = null` read them as they \
      stand.
      """,
    parts: [
      Part("as", "A name before the tables' names."),
      Part(
        "mapping",
        "How an export becomes the rows of a table, as for `load`; null for a file as it stands."),
      Part(
        "OPTION",
        "An option of the kind of source, such as `deleted = true` for an MLflow store, or "
          + "`cache = true`, which keeps the metric history of a database from one run to the next."
      ),
    ],
    examples: [
      Example(#"open "nowhere.db""#, "error: cannot open `nowhere.db`: no such file or directory")
    ],
    related: ["load", "read", "mlflow-sqlite", "mlflow-files", "csv", "json", "parquet", "arrow"])
}
