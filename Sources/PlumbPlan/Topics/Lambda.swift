import PlumbFunctions

extension LanguageDefinition {
  static let lambda = LanguageDefinition(
    "fn", topic: "expressions",
    forms: [
      "fn (x) => EXPRESSION",
      "fn (x, y) => EXPRESSION",
    ],
    summary: "A function without a name, for functions that take one.",
    examples: [
      Example("map([1, 2, 3], fn (x) => x * 2)", "[2,4,6]"),
      Example("keep([1, null, 3], fn (x) => x != null)", "[1,3]"),
      Example("reduce([1, 2, 3], 0, fn (a, x) => a + x)", "6"),
    ],
    related: ["def", "map", "keep", "reduce"],
    aliases: ["lambda", "=>"])
}
