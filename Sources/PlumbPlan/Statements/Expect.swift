import PlumbFunctions

extension LanguageDefinition {
  static let expect = LanguageDefinition(
    "expect", topic: "looking",
    forms: ["expect CONDITION [, MESSAGE]"],
    summary: "Ends the program with an error unless a condition is true.",
    details: "The exit code is 3. A condition that is null is not true.",
    examples: [
      Example(
        """
        expect 1 < 2
        "all is well"
        """,
        "all is well"),
      Example(#"expect 1 > 2, "one is not enough""#, "error: one is not enough"),
    ],
    related: ["if", "where"])
}
