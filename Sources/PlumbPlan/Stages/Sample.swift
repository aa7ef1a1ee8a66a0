import PlumbFunctions

extension LanguageDefinition {
  static let sample = LanguageDefinition(
    "sample", topic: "rows",
    forms: ["sample N [seed = S]"],
    summary: "Keeps N rows drawn at random without replacement, in their old order.",
    details: """
      All rows if there are no more than N. With the same seed and the same rows, the same are \
      drawn; without one, others in each run.
      """,
    parts: [
      Part("seed", "An int that fixes the draw.")
    ],
    setup: "let t = table([{x: 1}, {x: 2}, {x: 3}, {x: 4}, {x: 5}])",
    examples: [
      Example("t | sample 2 seed = 7 | count", "2"),
      Example("t | sample 99 | count", "5"),
      Example(#"t | sample 2 seed = "a""#, "error: a seed is an int"),
    ],
    related: ["take"])
}
