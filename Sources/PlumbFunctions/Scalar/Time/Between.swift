import PlumbColumns

extension ScalarFunction {
  static let monthsBetween = ScalarFunction(
    "months_between", topic: "time",
    summary: "The whole months from one time to another.",
    details: """
      Below 0 when the second time is the earlier one. Days and shorter are given by `to \
      - from`.
      """,
    overloads: [
      Overload(
        [Parameter("start", .timestamp), Parameter("end", .timestamp)], result: .always(.int)
      ) { call in
        call.mapIntegers { wholeMonths($0, $1) }
      }
    ],
    examples: [
      Example("months_between(@2026-01-31, @2026-03-01)", "1"),
      Example("months_between(@2026-03-15, @2026-01-15)", "-2"),
      Example("months_between(null, @2026-11-23)", "null"),
      Example("months_between(@2026-11-23, @2026-11-23)", "0"),
      Example(
        #"months_between("today", @2026-03-01)"#,
        "error: `start` of `months_between` must be timestamp, and this is string"),
    ])

  static let yearsBetween = ScalarFunction(
    "years_between", topic: "time",
    summary: "The whole years from one time to another.",
    details: """
      Below 0 when the second time is the earlier one. Days and shorter are given by `to \
      - from`.
      """,
    overloads: [
      Overload(
        [Parameter("start", .timestamp), Parameter("end", .timestamp)], result: .always(.int)
      ) { call in
        call.mapIntegers { wholeMonths($0, $1) / 12 }
      }
    ],
    examples: [
      Example("years_between(@2024-03-01, @2026-02-28)", "1"),
      Example("years_between(null, @2026-11-23)", "null"),
      Example("years_between(@2026-11-23, @2026-11-23)", "0"),
      Example(
        #"years_between("today", @2026-02-28)"#,
        "error: `start` of `years_between` must be timestamp, and this is string"),
    ])
}

/// The whole months from one time to another, in UTC.
private func wholeMonths(_ start: Int, _ end: Int) -> Int {
  let (from, to) = (CivilTime(microseconds: start), CivilTime(microseconds: end))
  let months = (to.date.year - from.date.year) * 12 + to.date.month - from.date.month
  // Back from the end, a month that is not over yet does not count.
  var moved = from
  moved.date = from.date.addingMonths(months)
  guard let reached = moved.microseconds else { return months }
  if end >= start { return reached > end ? months - 1 : months }
  return reached < end ? months + 1 : months
}
