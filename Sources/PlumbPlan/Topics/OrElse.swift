import PlumbFunctions

extension LanguageDefinition {
  static let orElse = LanguageDefinition(
    "??", topic: "expressions",
    forms: ["a ?? b"],
    summary: "A value, or another one where it is null.",
    details: """
      A key that no row has counts as null at its left: `tags.owner ?? "nobody"`. NaN is not \
      null.
      """,
    examples: [
      Example("null ?? 3", "3"),
      Example("1 ?? 3", "1"),
      Example("nan ?? 1.0", "NaN"),
    ],
    related: ["null", "coalesce", "if_null", "if_nan"])
}
