import PlumbFunctions

extension LanguageDefinition {
  static let print = LanguageDefinition(
    "print", topic: "looking",
    forms: ["print(VALUE, …)"],
    summary: "Writes values on a line, as text, with spaces between them.",
    examples: [
      Example(#"print("n:", 1 + 1, null)"#, "n: 2 null")
    ],
    related: ["format"])
}
