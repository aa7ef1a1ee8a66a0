import PlumbFunctions

extension LanguageDefinition {
  static let read = LanguageDefinition(
    "read", topic: "data",
    forms: [#"read("ADDRESS" [, types = {COLUMN: "TYPE"}] [, OPTION = VALUE, …])"#],
    summary: "Gives a file as a table.",
    details: """
      The same as `load`, as an expression: it may begin a pipeline or stand for a table in \
      `join`.
      """,
    examples: [
      Example(
        #"read("nowhere.csv")"#,
        "error: cannot open `nowhere.csv`: no such file or directory")
    ],
    related: ["load", "open", "save", "csv", "json", "parquet", "arrow"])
}
