import PlumbFunctions

extension LanguageDefinition {
  static let timestampType = LanguageDefinition(
    "timestamp", topic: "values",
    forms: [
      "@2026-11-23",
      "@2026-11-23T10:30",
      "@2026-11-23T10:30:00.250Z",
      "@2026-11-23T10:30+02:00",
    ],
    summary: "A moment in time, to the microsecond.",
    details: """
      Inside it is UTC; a literal without a zone is UTC too. `--time-zone` changes only how \
      tables show times. `now()` is the same for a whole run. Calendar steps are functions, such \
      as `add_months`.
      """,
    examples: [
      Example("@2026-11-23T10:30+02:00", "2026-11-23T08:30:00Z"),
      Example("@2026-11-23 + 36h", "2026-11-24T12:00:00Z"),
      Example("@2026-11-23 - @2026-11-22", "1d"),
      Example("@2026-13-01", "error: `@2026-13-01` has no such month"),
    ],
    related: ["duration", "bucket", "now", "ago", "format_time", "add_months"])
}
