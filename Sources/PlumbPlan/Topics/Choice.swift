import PlumbFunctions

extension LanguageDefinition {
  static let choice = LanguageDefinition(
    "case", topic: "expressions",
    forms: ["case { CONDITION: VALUE, …, else: VALUE }"],
    summary: "The value at the first condition that is true.",
    details: """
      A condition that is null is not true. Without `else` the value is null where none is.
      """,
    examples: [
      Example(#"case { 1 > 2: "a", 2 > 1: "b", else: "c" }"#, "b"),
      Example("case { null: 1, else: 2 }", "2"),
      Example("case { false: 1 }", "null"),
      Example("case { 1: 2 }", "error: a condition must be a bool, and this is of type int"),
    ],
    related: ["if", "cut"])
}
