import PlumbFunctions

extension LanguageDefinition {
  static let arithmetic = LanguageDefinition(
    "arithmetic", topic: "expressions",
    forms: [
      "a + b",
      "a - b",
      "a * b",
      "a / b",
      "a // b",
      "a % b",
      "a ** b",
    ],
    summary: "Calculates with numbers, times and durations; `+` also joins texts.",
    details: """
      `/` gives a float; `//` floors, and `%` takes the sign of the divisor. A null operand \
      gives null. An int that leaves 64 bits is an error. `int // 0` and `int % 0` are an error \
      in a scalar and null in a column; with floats they follow IEEE.

      A time minus a time is a duration, and a time plus a duration a time.
      """,
    examples: [
      Example("7 / 2", "3.5"),
      Example("-7 // 2", "-4"),
      Example("-7 % 2", "1"),
      Example("2 ** 10", "1024"),
      Example("null + 1", "null"),
      Example("nan + 1", "NaN"),
      Example("1 // 0", "error: `1 // 0`: an int is divided by zero"),
      Example(#"1 + "a""#, "error: `+` does not take int and string"),
    ],
    related: ["operators", "int", "float", "round"],
    aliases: ["+", "-", "*", "/", "//", "%", "**"])
}
