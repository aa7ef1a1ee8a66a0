import PlumbFunctions

extension LanguageDefinition {
  static let floatType = LanguageDefinition(
    "float", topic: "values",
    forms: [
      "0.5",
      "1e-3",
      "nan",
      "inf",
    ],
    summary: "A number of IEEE double precision.",
    details: """
      A literal has digits on both sides of its point. The text of a float is the shortest that \
      reads back the same.
      """,
    examples: [
      Example("1e-3", "0.001"),
      Example("0.1 + 0.2", "0.30000000000000004"),
      Example("1 == 1.0", "true"),
    ],
    related: ["nan", "int", "arithmetic", "round"])
}
