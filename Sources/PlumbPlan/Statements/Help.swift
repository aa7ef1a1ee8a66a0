import PlumbFunctions

extension LanguageDefinition {
  static let help = LanguageDefinition(
    "help", topic: "looking",
    forms: [
      "help()",
      "help(NAME)",
      #"help("NAME")"#,
    ],
    summary: "Shows what there is, or explains a name, an operator or an error's code.",
    details: """
      A name that is several things shows all of them. Members work too: `help(runs.status)`, \
      `help(experiments.best)`.
      """,
    examples: [
      Example("help(aveage)", "no help on `aveage`")
    ],
    related: ["explain", "def"])
}
