import PlumbColumns

extension ScalarFunction {
  static let formatTime = ScalarFunction(
    "format_time", topic: "time",
    summary: "A time in a form of one's own, on the clock of UTC or another zone.",
    details: """
      `%Y` year, `%m` month, `%d` day, `%H` hour, `%M` minute, `%S` second, `%f` \
      microseconds, `%L` milliseconds, `%y` year in two digits, `%e` day without zero, \
      `%I` hour to 12, `%p` AM or PM, `%b` `%B` name of the month, `%a` `%A` name of the \
      day, `%j` day of the year, `%u` weekday, `%G` `%V` year and week of ISO 8601, `%q` \
      quarter, `%z` offset, `%Z` zone, `%s` seconds since 1970, `%F` date, `%T` time, \
      `%R` hours and minutes, `%%` a percent sign.
      """,
    overloads: [
      Overload([Parameter("t", .timestamp), Parameter("form", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        try formatTimes(call)
      },
      Overload(
        [Parameter("t", .timestamp), Parameter("form", .string), Parameter("zone", .string)],
        result: .always(.string)
      ) { (call) throws(FunctionError) in
        try formatTimes(call)
      },
    ],
    examples: [
      Example(#"format_time(@2026-11-23T10:30, "%d.%m.%Y %H:%M")"#, "23.11.2026 10:30"),
      Example(#"format_time(@2026-11-23T10:30, "%H:%M %z", "Europe/Berlin")"#, "11:30 +01:00"),
      Example(#"format_time(@2026-11-23, "")"#, ""),
      Example(#"format_time(null, "%Y")"#, "null"),
      Example(
        #"format_time(@2026-11-23, "%Q")"#, "error: `%Q` is not known in the format of a time"),
    ])
}

private func formatTimes(_ call: KernelCall) throws(FunctionError) -> Column {
  let times = call.arguments[0].integers()
  let patterns = TimePatternArgument(call, 1)
  let zones = ZoneArgument(call, 2)
  return try call.mapTexts { (row) throws(FunctionError) in
    try patterns.at(row).format(times[row], zone: zones.at(row))
  }
}

/// The time formats of an argument, each distinct one read once.
final class TimePatternArgument {
  private let texts: TextRows
  private var known: [UInt32: TimePattern] = [:]

  init(_ call: KernelCall, _ index: Int) { texts = call.text(index) }

  /// The format of a row.
  func at(_ row: Int) throws(FunctionError) -> TimePattern {
    let code = texts.codes[row]
    if let pattern = known[code] { return pattern }
    let pattern = try TimePattern(texts[row])
    known[code] = pattern
    return pattern
  }
}
