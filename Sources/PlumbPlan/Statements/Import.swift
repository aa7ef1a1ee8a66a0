import PlumbFunctions

extension LanguageDefinition {
  static let importModule = LanguageDefinition(
    "import", topic: "modules",
    forms: [
      "import MODULE [as NAME]",
      #"import "FILE.plumb" [as NAME]"#,
    ],
    summary: """
      Takes in the functions of a module: those of the standard library by name, others from a \
      file.
      """,
    details: """
      They are called with the module's name before them: `drift.report(…)`. The path counts \
      from the file that imports it. Bare expressions of a module show nothing; what it prints is \
      printed.
      """,
    examples: [
      Example(
        #"import "nowhere.plumb" as own"#,
        "error: cannot open `nowhere.plumb`: no such file or directory")
    ],
    related: ["def", "help"])
}
