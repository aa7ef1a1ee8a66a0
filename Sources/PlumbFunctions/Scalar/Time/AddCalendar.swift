import PlumbColumns

extension ScalarFunction {
  static let addDays = addCalendar(
    "add_days", unit: "days", summary: "A time a number of days later.",
    details: """
      Where the clock changes, a day has 23 or 25 hours; `t + 1d` is always 24 hours \
      later.
      """,
    examples: [
      Example("add_days(@2026-11-23T10:30, 10)", "2026-12-03T10:30:00Z"),
      Example(#"add_days(@2026-03-28T12:00, 1, "Europe/Berlin")"#, "2026-03-29T11:00:00Z"),
    ]
  ) { CivilDate(daysSinceEpoch: $0.daysSinceEpoch + $1) }

  static let addWeeks = addCalendar(
    "add_weeks", unit: "weeks", summary: "A time a number of weeks later.",
    examples: [
      Example("add_weeks(@2026-11-23, -1)", "2026-11-16T00:00:00Z")
    ]
  ) { CivilDate(daysSinceEpoch: $0.daysSinceEpoch + $1 * 7) }

  static let addMonths = addCalendar(
    "add_months", unit: "months", summary: "A time a number of months later.",
    details: "Where the month is too short, it is the last day of it.",
    examples: [
      Example("add_months(@2026-01-31, 1)", "2026-02-28T00:00:00Z"),
      Example("add_months(@2026-01-31, -2)", "2025-11-30T00:00:00Z"),
    ]
  ) { $0.addingMonths($1) }

  static let addYears = addCalendar(
    "add_years", unit: "years", summary: "A time a number of years later.",
    details: "Of 29 February it is the 28th in a year without it.",
    examples: [
      Example("add_years(@2024-02-29, 1)", "2025-02-28T00:00:00Z")
    ]
  ) { $0.addingMonths($1 * 12) }
}
