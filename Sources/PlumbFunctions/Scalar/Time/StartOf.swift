extension ScalarFunction {
  static let startOfDay = calendarStart(
    "start_of_day", .day, summary: "The midnight at which the day of a time began.",
    examples: [
      Example("start_of_day(@2026-11-23T10:30)", "2026-11-23T00:00:00Z"),
      Example(#"start_of_day(@2026-11-23T23:30, "Europe/Berlin")"#, "2026-11-23T23:00:00Z"),
    ])

  static let startOfWeek = calendarStart(
    "start_of_week", .week, summary: "The Monday on which the week of a time began.",
    examples: [
      Example("start_of_week(@2026-11-25)", "2026-11-23T00:00:00Z")
    ])

  static let startOfMonth = calendarStart(
    "start_of_month", .month, summary: "The first day of the month of a time.",
    examples: [
      Example("start_of_month(@2026-11-23T10:30)", "2026-11-01T00:00:00Z")
    ])

  static let startOfQuarter = calendarStart(
    "start_of_quarter", .quarter, summary: "The first day of the quarter of a time.",
    examples: [
      Example("start_of_quarter(@2026-11-23)", "2026-10-01T00:00:00Z")
    ])

  static let startOfYear = calendarStart(
    "start_of_year", .year, summary: "The first day of the year of a time.",
    examples: [
      Example("start_of_year(@2026-11-23)", "2026-01-01T00:00:00Z")
    ])
}
