import PlumbFunctions

extension LanguageDefinition {
  static let operators = LanguageDefinition(
    "operators", topic: "expressions",
    summary: "All operators, the loosest first.",
    details: """
      Operators of one level are taken from the left, but `**` from the right. Parentheses tell \
      another order.
      """,
    parts: [
      Part("or", "either"),
      Part("and", "both"),
      Part("not", "the opposite"),
      Part("== != < <= > >= ~ !~ in between", "comparisons, which chain: `0 < x <= 1`"),
      Part("??", "a value instead of null"),
      Part("..", "a range, both ends included"),
      Part("+ -", "sum, difference; joined texts"),
      Part("* / // %", "product; `/` as float, `//` floored, `%` the rest"),
      Part("-x", "the negative"),
      Part("**", "power"),
      Part("f(x) .name [index]", "calls, fields, elements"),
    ],
    examples: [
      Example("1 + 2 * 3", "7"),
      Example("2 ** 3 ** 2", "512"),
      Example("not 1 > 2 and true", "true"),
    ],
    related: ["arithmetic", "comparisons", "and", "in", "~", "??"],
    aliases: ["operator", "precedence", "..", "-x"])
}
