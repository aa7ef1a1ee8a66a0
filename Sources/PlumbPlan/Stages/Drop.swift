import PlumbFunctions

extension LanguageDefinition {
  static let drop = LanguageDefinition(
    "drop", topic: "columns",
    forms: ["drop COLUMN, PREFIX.*, /REGEX/, …"],
    summary: "Removes columns.",
    setup: #"let t = table([{x: 1, y: 2.5, z: "a"}])"#,
    examples: [
      Example("t | drop y, z", "1"),
      Example("t | drop /[yz]/", "1"),
      Example("t | drop w", "error: unknown column `w`"),
    ],
    related: ["select"])
}
