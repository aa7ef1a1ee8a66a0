import PlumbFunctions

extension LanguageDefinition {
  static let comparisons = LanguageDefinition(
    "comparisons", topic: "expressions",
    forms: [
      "a == b",
      "a != b",
      "a < b",
      "a <= b",
      "a > b",
      "a >= b",
      "a between b and c",
    ],
    summary: "Compare values of one type, or an int with a float.",
    details: """
      They chain: `0.5 < auc <= 0.9`; `between` includes both ends. `==` and `!=` treat null as \
      a value; the others give null when a side is null. NaN equals nothing and is neither less \
      nor more. A single `=` binds a name and never compares.
      """,
    examples: [
      Example("0.5 < 0.7 <= 0.9", "true"),
      Example("5 between 1 and 5", "true"),
      Example("null == null", "true"),
      Example("null < 1", "null"),
      Example("nan < 1", "false"),
      Example(#""A" == 1"#, "error: string and int are never compared"),
    ],
    related: ["in", "~", "null", "nan"],
    aliases: ["==", "!=", "<", "<=", ">", ">=", "between"])
}
