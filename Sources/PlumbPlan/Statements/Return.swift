import PlumbFunctions

extension LanguageDefinition {
  static let `return` = LanguageDefinition(
    "return", topic: "definitions",
    forms: [
      "return VALUE",
      "return",
    ],
    summary: "Leaves a function with a value, or with null.",
    examples: [
      Example(
        """
        def sign(x) { if x < 0 { return -1 }; return 1 }
        sign(-3.5)
        """,
        "-1"),
      Example("return 1", "error: `return` stands outside of a function"),
    ],
    related: ["def"])
}
