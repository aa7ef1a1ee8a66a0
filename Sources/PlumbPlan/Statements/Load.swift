import PlumbFunctions

extension LanguageDefinition {
  static let load = LanguageDefinition(
    "load", topic: "data",
    forms: [#"load NAME from "ADDRESS" [, types = {COLUMN: "TYPE"}] [, OPTION = VALUE, …]"#],
    summary: "Makes one file a table of that name.",
    details: """
      The types of text files are inferred over the whole file unless they are given. A pattern \
      such as `logs/*.csv`, or a folder, is read as one table; folders in it that are called \
      `KEY=VALUE`, such as `day=2026-11-01`, belong to it and give it the column `KEY`.
      """,
    parts: [
      Part(
        "types",
        #"The types of some columns: `types = {version: "int", "odd name": "string"}`."#),
      Part("OPTION", "An option of the kind of source; `help(csv)` lists those of CSV files."),
    ],
    examples: [
      Example(
        #"load t from "nowhere.csv""#,
        "error: cannot open `nowhere.csv`: no such file or directory")
    ],
    related: ["read", "open", "csv", "json", "parquet", "arrow"])
}
