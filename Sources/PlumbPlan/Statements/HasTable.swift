import PlumbFunctions

extension LanguageDefinition {
  static let hasTable = LanguageDefinition(
    "has_table", topic: "data",
    forms: ["has_table(NAME)"],
    summary: "Tells whether an open source has a table of that name.",
    details: """
      The name must be known before any row is read. Of an `if` whose condition it is, only the \
      branch that is taken needs its tables.
      """,
    examples: [
      Example(#"has_table("monitors")"#, "false"),
      Example("has_table(3)", "error: the name of a table is a text"),
    ],
    related: ["column", "open", "load"])
}
