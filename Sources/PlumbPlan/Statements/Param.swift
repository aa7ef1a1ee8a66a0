import PlumbFunctions

extension LanguageDefinition {
  static let param = LanguageDefinition(
    "param", topic: "definitions",
    forms: [#"param NAME: TYPE = DEFAULT "MEANING""#],
    summary: """
      Declares a parameter of the program, which `--NAME VALUE` sets on the command line.
      """,
    details: """
      The default, the type and the meaning may each be left out; without a default the \
      parameter must be given, without a type the default tells it. `plumb run SCRIPT --help` \
      lists the parameters. A `_` in the name may be written `-` on the command line.
      """,
    examples: [
      Example(
        """
        param top: int = 3 "how many to show"
        top * 2
        """,
        "6"),
      Example(
        """
        param since: timestamp
        since
        """,
        "error: the parameter `since` needs a value"),
    ],
    related: ["let"])
}
