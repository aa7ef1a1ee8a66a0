import PlumbFunctions

extension LanguageDefinition {
  static let breakLoop = LanguageDefinition(
    "break", topic: "control",
    forms: ["break"],
    summary: "Leaves the innermost loop.",
    examples: [
      Example(
        "for x in 1..9 { if x > 2 { break }; print(x) }",
        """
        1
        2
        """),
      Example("break", "error: `break` stands outside of a loop"),
    ],
    related: ["for", "while", "continue"])
}
