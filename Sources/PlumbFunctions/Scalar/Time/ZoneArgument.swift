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

/// The error for a time that 64 bits of microseconds do not hold.
func timeOutOfRange() -> FunctionError {
  FunctionError("the time is outside the range of timestamps")
}
