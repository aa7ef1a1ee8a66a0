import PlumbFunctions

extension LanguageDefinition {
  static let load = LanguageDefinition(
    "load", topic: "data",
    forms: [
      #"load NAME from "ADDRESS" [, types = {COLUMN: "TYPE"}] [, mapping = "NAME"] [, OPTION = VALUE, …]"#
    ],
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
      Part(
        "mapping",
        "How an export becomes the rows of the table: the name of a mapping of the library, such as "
          + "`argocd`, or the path of a YAML file with `table` and `columns`."),
      Part(
        "complete",
        "`true`: nothing is missing, so that no rows means that there is nothing; audits ask."),
      Part("captured", "When the file was exported, as a timestamp; without it, the file's time."),
      Part("OPTION", "An option of the kind of source; `help(csv)` lists those of CSV files."),
    ],
    examples: [
      Example(
        #"load t from "nowhere.csv""#,
        "error: cannot open `nowhere.csv`: no such file or directory")
    ],
    related: ["read", "open", "csv", "json", "parquet", "arrow"])
}
