import PlumbFunctions

extension LanguageDefinition {
  static let intType = LanguageDefinition(
    "int", topic: "values",
    forms: [
      "42",
      "1_000_000",
      "0xff",
    ],
    summary: "A whole number of 64 bits.",
    details: """
      A result that does not fit is an error, never a wrap. `/` always gives a float; `//` and \
      `%` stay ints.
      """,
    examples: [
      Example("0xff", "255"),
      Example("7 / 2", "3.5"),
      Example("-7 // 2", "-4"),
      Example(
        "9223372036854775807 + 1",
        "error: the int `9223372036854775807 + 1` does not fit in 64 bits"),
    ],
    related: ["float", "arithmetic", "conversions"])
}
