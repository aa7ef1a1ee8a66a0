import PlumbFunctions

extension LanguageDefinition {
  static let logic = LanguageDefinition(
    "and", topic: "expressions",
    forms: [
      "a and b",
      "a or b",
      "not a",
    ],
    summary: "Join conditions.",
    details: """
      With null they are Kleene's: the result is null only where the null would decide.
      """,
    examples: [
      Example("true and null", "null"),
      Example("false and null", "false"),
      Example("true or null", "true"),
      Example("not null", "null"),
      Example("true && false", "error: there is no operator `&&`"),
    ],
    related: ["bool", "null", "where", "if"],
    aliases: ["or", "not"])
}
