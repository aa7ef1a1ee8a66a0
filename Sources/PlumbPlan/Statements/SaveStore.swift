import PlumbFunctions

extension LanguageDefinition {
  static let saveStore = LanguageDefinition(
    "save store", topic: "data",
    forms: [#"save store "FILE.plumbstore""#],
    summary: "Writes all open tables to one file that opens in a blink.",
    details: """
      The file holds every column as it lies in memory, with checksums. Opening it reads next to \
      nothing, and a question reads the columns that it needs. It takes its name when it is whole: \
      a run that fails leaves what was there.
      """,
    examples: [
      Example(
        #"save store "history.db""#,
        "error: a store is saved under a name that ends in `.plumbstore`, not to `history.db`")
    ],
    related: ["open", "save", "plumbstore"])
}
