/// A zone's rule for all years, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct POSIXTimeZone: Sendable {
  private var standardOffset = 0
  private var summer: Summer?

  private struct Summer: Sendable {
    var offset: Int
    var start: Change
    var end: Change
  }

  /// A day of the year with a local time, at which the clocks change.
  private struct Change: Sendable {
    enum Day: Sendable {
      /// The n-th (5: last) weekday (0: Sunday) of a month.
      case weekday(month: Int, week: Int, weekday: Int)
      /// Day 1 to 365; 29 February is never counted.
      case julian(Int)
      /// Day 0 to 365; 29 February is counted.
      case zeroBased(Int)
    }
    var day: Day
    var seconds: Int
  }

  init?(_ rule: [UInt8]) {
    var reader = Reader(bytes: rule)
    guard reader.skipName(), let west = reader.clock() else { return nil }
    standardOffset = -west
    guard !reader.isAtEnd else { return }
    guard reader.skipName() else { return nil }
    var offset = standardOffset + 3600
    if reader.peek != 0x2C {
      guard let west = reader.clock() else { return nil }
      offset = -west
    }
    guard let start = Self.change(&reader), let end = Self.change(&reader), reader.isAtEnd else {
      return nil
    }
    summer = Summer(offset: offset, start: start, end: end)
  }

  private static func change(_ reader: inout Reader) -> Change? {
    guard reader.take(0x2C) else { return nil }
    let day: Change.Day
    if reader.take(0x4D) {
      guard let month = reader.number(), (1...12).contains(month), reader.take(0x2E),
        let week = reader.number(), (1...5).contains(week), reader.take(0x2E),
        let weekday = reader.number(), (0...6).contains(weekday)
      else { return nil }
      day = .weekday(month: month, week: week, weekday: weekday)
    } else if reader.take(0x4A) {
      guard let number = reader.number(), (1...365).contains(number) else { return nil }
      day = .julian(number)
    } else {
      guard let number = reader.number(), (0...365).contains(number) else { return nil }
      day = .zeroBased(number)
    }
    var seconds = 7200
    if reader.take(0x2F) {
      guard let clock = reader.clock() else { return nil }
      seconds = clock
    }
    return Change(day: day, seconds: seconds)
  }

  /// The offset at a time in seconds since 1970.
  func offset(at seconds: Int) -> Int {
    guard let summer else { return standardOffset }
    let localDay = floorDivide(seconds + standardOffset, 86_400)
    let year = CivilDate(daysSinceEpoch: localDay).year
    let start = time(of: summer.start, year: year) - standardOffset
    let end = time(of: summer.end, year: year) - summer.offset
    let isSummer =
      start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isSummer ? summer.offset : standardOffset
  }

  /// The local seconds since 1970 of a change in a year.
  private func time(of change: Change, year: Int) -> Int {
    let newYear = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
    let day: Int
    switch change.day {
    case .julian(let number):
      day = newYear + number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
    case .zeroBased(let number): day = newYear + number
    case .weekday(let month, let week, let weekday):
      let first = CivilDate(year: year, month: month, day: 1)
      // Monday is 0 in `weekday`, Sunday is 0 in the rule.
      let firstWeekday = (first.weekday + 1) % 7
      var number = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if number >= CivilDate.daysInMonth(month, of: year) { number -= 7 }
      day = first.daysSinceEpoch + number
    }
    return day * 86_400 + change.seconds
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position >= bytes.count }
    var peek: UInt8 { isAtEnd ? 0 : bytes[position] }

    mutating func take(_ byte: UInt8) -> Bool {
      guard peek == byte, !isAtEnd else { return false }
      position += 1
      return true
    }

    /// An abbreviation: letters, or anything between `<` and `>`.
    mutating func skipName() -> Bool {
      let start = position
      if take(0x3C) {
        while !isAtEnd, peek != 0x3E { position += 1 }
        return take(0x3E)
      }
      while (0x41...0x5A).contains(peek) || (0x61...0x7A).contains(peek) { position += 1 }
      return position > start
    }

    mutating func number() -> Int? {
      let start = position
      var value = 0
      while peek &- 0x30 < 10, value < 100_000 {
        value = value * 10 + Int(peek - 0x30)
        position += 1
      }
      return position > start ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func clock() -> Int? {
      let isNegative = peek == 0x2D
      if isNegative || peek == 0x2B { position += 1 }
      guard let hours = number(), hours <= 167 else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] {
        guard take(0x3A) else { break }
        guard let part = number(), part < 60 else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }
  }
}
