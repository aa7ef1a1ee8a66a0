import PlumbColumns

/// The time zones of an argument, each distinct name looked up once.
final class ZoneArgument {
  private let texts: TextRows?
  private var known: [UInt32: TimeZoneRules] = [:]

  /// Without an argument at that place the zone is UTC.
  init(_ call: KernelCall, _ index: Int) {
    texts = index < call.arguments.count ? call.text(index) : nil
  }

  /// The zone of a row.
  func at(_ row: Int) throws(FunctionError) -> TimeZoneRules {
    guard let texts else { return .utc }
    let code = texts.codes[row]
    if let zone = known[code] { return zone }
    guard let zone = TimeZoneRules(named: texts[row]) else {
      throw FunctionError(
        "there is no time zone `\(texts[row])`",
        hint: "zones are called like `Europe/Berlin`, `UTC` or `+02:00`")
    }
    known[code] = zone
    return zone
  }
}

extension TimeZoneRules {
  /// What the clock shows at a time, in microseconds since 1970-01-01T00:00 on it.
  func clock(at time: Int) throws(FunctionError) -> Int {
    guard time.magnitude < farthestTime else { throw timeOutOfRange() }
    return local(time)
  }

  /// The time at which the clock shows this.
  func time(whenClockShows local: Int?) throws(FunctionError) -> Int {
    guard let local, local.magnitude < farthestTime else { throw timeOutOfRange() }
    return utc(fromLocal: local)
  }
}

/// From here on an offset could leave 64 bits: the greatest int less a week.
private let farthestTime = Int.max.magnitude - 604_800_000_000

/// A number divided by one above 0, rounded down.
@inline(__always)
func floorQuotient(_ value: Int, _ divisor: Int) -> Int {
  value % divisor < 0 ? value / divisor - 1 : value / divisor
}

/// The error for a time that 64 bits of microseconds do not hold.
func timeOutOfRange() -> FunctionError {
  FunctionError("the time is outside the range of timestamps")
}
