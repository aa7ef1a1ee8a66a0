import PlumbFunctions

extension LanguageDefinition {
  static let `var` = LanguageDefinition(
    "var", topic: "definitions",
    forms: [
      "var NAME = VALUE",
      "NAME = VALUE",
    ],
    summary: "Makes a variable, whose value may change to another of its type.",
    examples: [
      Example(
        """
        var n = 0
        n = n + 1
        n
        """,
        "1"),
      Example(
        """
        var n = 0
        n = "a"
        """,
        "error: `n` holds int, and this is string"),
    ],
    related: ["let", "while", "for"])
}
