import PlumbFunctions

extension LanguageDefinition {
  static let membership = LanguageDefinition(
    "in", topic: "expressions",
    forms: [
      "VALUE in LIST",
      "VALUE in A..B",
      "VALUE in (PIPELINE)",
      "VALUE not in …",
    ],
    summary: "Whether a value is among others.",
    details: """
      The others are a list, a range (both ends included), a list column, or a pipeline of one \
      column. Null is a value here: `null in [1]` is false, and `x not in […]` is true for null. \
      NaN is never found, since it equals nothing; `contains(list, nan)` finds it.
      """,
    examples: [
      Example("5 in 1..10", "true"),
      Example(#""champion" in ["champion", "old"]"#, "true"),
      Example("null in [1, null]", "true"),
      Example("null not in [1]", "true"),
      Example("nan in [nan]", "false"),
      Example("2 in (table([{x: 1}, {x: 2}]) | select x)", "true"),
      Example(
        #"1 in "a""#,
        "error: `in` looks in a list, a range or a table, and this is of type string"),
    ],
    related: ["comparisons", "contains", "join"],
    aliases: ["not in"])
}
