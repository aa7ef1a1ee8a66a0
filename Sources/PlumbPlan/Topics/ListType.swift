import PlumbFunctions

extension LanguageDefinition {
  static let listType = LanguageDefinition(
    "list", topic: "values",
    forms: [
      "[VALUE, …]",
      "A..B",
    ],
    summary: "Values of one type in order.",
    details: """
      `xs[0]` is the first, `xs[-1]` the last, and an index outside gives null. `A..B` is the \
      range from A to B, both included.
      """,
    examples: [
      Example("[1, 2.5]", "[1.0,2.5]"),
      Example("[1, 2, 3][-1]", "3"),
      Example("[1, 2][5]", "null"),
      Example(#"[1, "a"]"#, "error: the elements of a list have one type: int and string meet"),
    ],
    related: ["map", "length", "contains", "explode", "in", "list_sum"])
}
