import PlumbFunctions

extension LanguageDefinition {
  static let count = LanguageDefinition(
    "count", topic: "groups",
    forms: ["count"],
    summary: "Gives the number of rows: one row with one column `count`.",
    setup: sampleRuns,
    examples: [
      Example("runs | count", "4"),
      Example("runs | where auc > 2 | count", "0"),
    ],
    related: ["summarize", "count_distinct"])
}
