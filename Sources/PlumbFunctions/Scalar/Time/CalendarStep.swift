import PlumbColumns

/// A step of the calendar.
enum CalendarStep {
  case day, week, month, quarter, year

  /// The length, where the clock of UTC has always the same.
  var fixedMicroseconds: Int? {
    switch self {
    case .day: CivilTime.microsecondsPerDay
    case .week: 7 * CivilTime.microsecondsPerDay
    case .month, .quarter, .year: nil
    }
  }

  /// The first day of the step that a day belongs to.
  func start(of date: CivilDate) -> CivilDate {
    switch self {
    case .day: date
    case .week: CivilDate(daysSinceEpoch: date.daysSinceEpoch - date.weekday)
    case .month: CivilDate(year: date.year, month: date.month, day: 1)
    case .quarter: CivilDate(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1)
    case .year: CivilDate(year: date.year, month: 1, day: 1)
    }
  }
}

/// The time at which the calendar step of a time began in a zone.
func startOfStep(
  _ step: CalendarStep, _ time: Int, _ zone: TimeZoneRules
) throws(FunctionError) -> Int {
  let clock = CivilTime(microseconds: try zone.clock(at: time))
  let start = CivilTime(date: step.start(of: clock.date))
  return try zone.time(whenClockShows: start.microseconds)
}

extension ScalarFunction {
  /// Makes the definition of a function that gives the start of a calendar step.
  static func calendarStart(
    _ name: String, _ step: CalendarStep, summary: String, details: String = "",
    examples: [Example]
  ) -> ScalarFunction {
    let plain = { @Sendable (call: KernelCall) throws(FunctionError) -> Column in
      if let width = step.fixedMicroseconds,
        let starts = RoundDown.integers(
          call.arguments[0].integers(), width: width, origin: Buckets.timeOrigin)
      {
        return call.integerColumn(starts)
      }
      return try call.tryIntegers { (time) throws(FunctionError) in
        let start = CivilTime(date: step.start(of: CivilTime(microseconds: time).date))
        guard let microseconds = start.microseconds else { throw timeOutOfRange() }
        return microseconds
      }
    }
    let zoned = { @Sendable (call: KernelCall) throws(FunctionError) -> Column in
      let times = call.arguments[0].integers()
      let zones = ZoneArgument(call, 1)
      return try call.tryRows { (row) throws(FunctionError) in
        try startOfStep(step, times[row], zones.at(row))
      }
    }
    return ScalarFunction(
      name, topic: "time", summary: summary,
      details: details + (details.isEmpty ? "" : " ") + "In UTC, unless a zone is given.",
      overloads: [
        Overload([Parameter("t", .timestamp)], result: .always(.timestamp), kernel: plain),
        Overload(
          [Parameter("t", .timestamp), Parameter("zone", .string)], result: .always(.timestamp),
          kernel: zoned),
      ],
      examples: examples + [
        Example("\(name)(null)", "null"),
        Example(
          "\(name)(@2026-11-23, \"Mars/Base\")", "error: there is no time zone `Mars/Base`"),
      ])
  }

  /// Makes the definition of a function that moves a time by steps of the calendar.
  static func addCalendar(
    _ name: String, unit: String, summary: String, details: String = "", examples: [Example],
    move: @escaping @Sendable (CivilDate, Int) -> CivilDate
  ) -> ScalarFunction {
    let kernel = { @Sendable (call: KernelCall) throws(FunctionError) -> Column in
      let times = call.arguments[0].integers()
      let steps = call.arguments[1].integers()
      let zones = ZoneArgument(call, 2)
      return try call.tryRows { (row) throws(FunctionError) in
        let zone = try zones.at(row)
        // More steps than that leave the range of timestamps in any unit.
        guard steps[row].magnitude < 250_000_000 else { throw timeOutOfRange() }
        var local = CivilTime(microseconds: try zone.clock(at: times[row]))
        local.date = move(local.date, steps[row])
        return try zone.time(whenClockShows: local.microseconds)
      }
    }
    return ScalarFunction(
      name, topic: "time", summary: summary,
      details: details + (details.isEmpty ? "" : " ")
        + "The time of day stays, on the clock of UTC unless a zone is given.",
      overloads: [
        Overload(
          [Parameter("t", .timestamp), Parameter(unit, .int)], result: .always(.timestamp),
          kernel: kernel),
        Overload(
          [Parameter("t", .timestamp), Parameter(unit, .int), Parameter("zone", .string)],
          result: .always(.timestamp), kernel: kernel),
      ],
      examples: examples + [
        Example("\(name)(@2026-11-23, null)", "null"),
        Example(
          "\(name)(@2026-11-23, 9000000000)",
          "error: the time is outside the range of timestamps"),
      ])
  }
}
