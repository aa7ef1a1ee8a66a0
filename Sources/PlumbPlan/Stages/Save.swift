import PlumbFunctions

extension LanguageDefinition {
  static let save = LanguageDefinition(
    "save", topic: "results",
    forms: [
      #"save "FILE.ext" [, compression = "NAME"]"#,
      #"save "FILE.profile" [, by = ["KEY", …]]"#,
      #"save profile of TABLE [by KEY, …] "FILE.profile""#,
    ],
    summary: "Writes the rows to a file in the format of its ending, and passes them on.",
    details: """
      The file takes its name when it is whole: a run that fails leaves what was there. At the \
      end of a pipeline no rows are printed. A `.profile` holds distributions, not rows: what \
      `drift against profile("FILE.profile")` needs.
      """,
    parts: [
      Part(
        "by",
        "Keys of a profile, which then also holds the rows that agree in them, for `drift … by KEY`."
      ),
      Part(
        "compression",
        #"Of Arrow alone: `"none"`, which is what streams have, `"lz4"`, which is what files have, or `"zstd"`."#
      ),
    ],
    examples: [
      Example(
        #"table([{x: 1}]) | save "result.unknown""#,
        "error: no format is known for `result.unknown`")
    ],
    related: ["csv", "json", "markdown", "read"])
}
