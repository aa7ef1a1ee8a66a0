import PlumbFunctions

extension LanguageDefinition {
  static let count = LanguageDefinition(
    "count", topic: "groups",
    forms: ["count"],
    summary: "Gives the number of rows: one row with one column `count`.",
    setup: """
      let runs = table([
        {name: "a", model: "cnn", auc: 0.81}, {name: "b", model: "cnn", auc: 0.94},
        {name: "c", model: "tree", auc: null}, {name: "d", model: "tree", auc: 0.94}
      ])
      """,
    examples: [
      Example("runs | count", "4"),
      Example("runs | where auc > 2 | count", "0"),
    ],
    related: ["summarize", "count_distinct"])
}
