import PlumbFunctions

extension LanguageDefinition {
  static let families = LanguageDefinition(
    "families", topic: "programs",
    forms: [
      "params.KEY",
      "metrics.KEY",
      "tags.KEY",
      "params.*",
      #"metrics["KEY"]"#,
    ],
    summary: "Open sets of columns under a prefix: one for each key that any run has.",
    details: """
      They are ordinary columns, null where a run lacks the key, and keep their flat names, such \
      as `metrics.accuracy`. A key with odd characters needs backquotes: `` metrics.`val/loss` \
      ``. A key that no row has is an error with a suggestion; `metrics["KEY"]` gives null there \
      instead, and so does the left side of `??`. A `params` or `tags` key whose every value \
      reads as a number or a bool has that type, and still compares with its text as the store \
      has it, also behind a `let`, a join or a `union`.
      """,
    examples: [],
    related: ["names", "select", "??", "pivot"],
    aliases: ["family", "params.*", "metrics.*", "tags.*"])
}
