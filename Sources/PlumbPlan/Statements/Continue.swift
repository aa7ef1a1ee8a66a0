import PlumbFunctions

extension LanguageDefinition {
  static let continueLoop = LanguageDefinition(
    "continue", topic: "control",
    forms: ["continue"],
    summary: "Goes on with the next round of the innermost loop.",
    examples: [
      Example(
        "for x in 1..4 { if x % 2 == 0 { continue }; print(x) }",
        """
        1
        3
        """)
    ],
    related: ["for", "while", "break"])
}
