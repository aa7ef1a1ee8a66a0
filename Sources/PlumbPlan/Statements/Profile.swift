import PlumbFunctions

extension LanguageDefinition {
  static let profile = LanguageDefinition(
    "profile", topic: "looking",
    forms: ["profile PIPELINE"],
    summary: "Runs a pipeline and shows the rows and the time of each operator.",
    examples: [
      Example("profile 1", "error: a table is needed here, and this is a value of type int")
    ],
    related: ["explain"])
}
