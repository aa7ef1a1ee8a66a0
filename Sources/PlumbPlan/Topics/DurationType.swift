import PlumbFunctions

extension LanguageDefinition {
  static let durationType = LanguageDefinition(
    "duration", topic: "values",
    forms: [
      "250ms",
      "15s",
      "30m",
      "12h",
      "7d",
      "2w",
    ],
    summary: "A length of time, exact to the microsecond.",
    details: """
      A day is always 24 hours. The difference of two times is a duration, and so is a duration \
      times a number; a duration divided by a duration is a float.
      """,
    examples: [
      Example("90m", "1h 30m"),
      Example("1d / 1h", "24.0"),
      Example("1d * 1.5", "1d 12h"),
      Example("1d + 1", "error: `+` does not take duration and int"),
    ],
    related: ["timestamp", "bucket", "seconds"])
}
