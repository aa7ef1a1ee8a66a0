import PlumbFunctions

extension LanguageDefinition {
  static let conversions = LanguageDefinition(
    "conversions", topic: "values",
    forms: [
      "int(x)",
      "float(x)",
      "string(x)",
      "bool(x)",
      "timestamp(x)",
      "duration(x)",
    ],
    summary: "Make a value another type; nothing but int to float converts by itself.",
    details: """
      Text that does not read as the type is an error, which in a column names the first such \
      value and its row. `try_int` and its kin give null there instead.
      """,
    examples: [
      Example(#"int("42")"#, "42"),
      Example(#"try_int("x")"#, "null"),
      Example(#"int("x")"#, #"error: "x" is not an int"#),
      Example("int(2.7)", "2"),
    ],
    related: ["types", "try_int", "try_float", "parse_time"])
}
