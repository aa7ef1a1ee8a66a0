import PlumbColumns

extension ScalarFunction {
  static let year = timePart(
    "year", summary: "The year of a time.",
    examples: [
      Example("year(@2026-11-23)", "2026"),
      Example(#"year(@2026-12-31T23:30, "Europe/Berlin")"#, "2027"),
    ]
  ) { $0.date.year }

  static let quarter = timePart(
    "quarter", summary: "The quarter of the year of a time, 1 to 4.",
    examples: [
      Example("quarter(@2026-11-23)", "4")
    ]
  ) { ($0.date.month + 2) / 3 }

  static let month = timePart(
    "month", summary: "The month of a time, 1 to 12.",
    examples: [
      Example("month(@2026-11-23)", "11")
    ]
  ) { $0.date.month }

  static let week = timePart(
    "week", summary: "The week of the year of a time, 1 to 53 (ISO 8601).",
    details: """
      Weeks begin on Monday; the first is the one with the first Thursday of the year.
      """,
    examples: [
      Example("week(@2026-11-23)", "48"),
      Example("week(@2027-01-01)", "53"),
    ]
  ) { $0.date.weekOfYear.week }

  static let day = timePart(
    "day", summary: "The day of the month of a time, 1 to 31.",
    examples: [
      Example("day(@2026-11-23)", "23"),
      Example(#"day(@2026-11-23T23:30, "Asia/Tokyo")"#, "24"),
    ]
  ) { $0.date.day }

  static let dayOfYear = timePart(
    "day_of_year", summary: "The day of the year of a time, 1 to 366.",
    examples: [
      Example("day_of_year(@2026-02-01)", "32")
    ]
  ) { $0.date.dayOfYear }

  static let weekday = timePart(
    "weekday", summary: "The day of the week of a time: 1 is Monday, 7 is Sunday.",
    examples: [
      Example("weekday(@2026-11-23)", "1"),
      Example("weekday(@2026-11-22)", "7"),
    ]
  ) { $0.date.weekday + 1 }

  static let hour = timePart(
    "hour", summary: "The hour of a time, 0 to 23.",
    examples: [
      Example("hour(@2026-11-23T10:30)", "10"),
      Example(#"hour(@2026-11-23T10:30, "+02:00")"#, "12"),
    ], changesEvery: 3_600 * CivilTime.microsecondsPerSecond
  ) { $0.hour }

  static let minute = timePart(
    "minute", summary: "The minute of a time, 0 to 59.",
    examples: [
      Example("minute(@2026-11-23T10:30)", "30")
    ], changesEvery: 60 * CivilTime.microsecondsPerSecond
  ) { $0.minute }

  static let second = timePart(
    "second", summary: "The second of a time, 0 to 59.",
    examples: [
      Example("second(@2026-11-23T10:30:15.5Z)", "15")
    ], changesEvery: CivilTime.microsecondsPerSecond
  ) { $0.second }
}
