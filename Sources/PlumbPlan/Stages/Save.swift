import PlumbFunctions

extension LanguageDefinition {
  static let save = LanguageDefinition(
    "save", topic: "results",
    forms: [
      #"save "FILE.ext" [, compression = "NAME"]"#,
      #"save profile of TABLE [by KEY, …] "FILE.profile""#,
    ],
    summary: "Writes the rows to a file in the format of its ending, and passes them on.",
    details: """
      The file takes its name when it is whole: a run that fails leaves what was there. At the \
      end of a pipeline no rows are printed. A `.profile` holds distributions, not rows: what \
      `drift against profile("FILE.profile")` needs; with `by` also those of the rows that agree \
      in the keys, for `drift … by KEY`. Written as a stage: `save "FILE.profile" by = ["KEY"]`. \
      Arrow files have LZ4 and Arrow streams no compression, unless `compression` says `"none"`, \
      `"lz4"` or `"zstd"`.
      """,
    examples: [
      Example(
        #"table([{x: 1}]) | save "result.unknown""#,
        "error: no format is known for `result.unknown`")
    ],
    related: ["csv", "json", "markdown", "read"])
}
