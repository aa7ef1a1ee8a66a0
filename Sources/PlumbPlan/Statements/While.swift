import PlumbFunctions

extension LanguageDefinition {
  static let whileLoop = LanguageDefinition(
    "while", topic: "control",
    forms: ["while CONDITION { STATEMENTS }"],
    summary: "Runs statements as long as a condition is true.",
    details: "A condition that is null is not true.",
    examples: [
      Example(
        """
        var n = 1
        while n < 50 { n = n * 3 }
        n
        """,
        "81")
    ],
    related: ["for", "break", "continue"])
}
