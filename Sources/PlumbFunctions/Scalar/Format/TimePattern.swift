import PlumbColumns

/// A format for times such as `%Y-%m-%d %H:%M`: the common directives of `strftime`.
struct TimePattern {
  private let pieces: [Piece]
  let text: String

  private enum Piece {
    case literal(String)
    case directive(Character)
  }

  private static let directives: Set<Character> = [
    "Y", "y", "m", "d", "e", "H", "I", "M", "S", "f", "L", "p", "j", "b", "B", "a", "A", "u", "G",
    "V", "z", "Z", "s", "F", "T", "R", "q",
  ]
  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdayNames = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  init(_ text: String) throws(FunctionError) {
    self.text = text
    var pieces: [Piece] = []
    var literal = ""
    var isDirective = false
    for character in text {
      if !isDirective {
        if character == "%" { isDirective = true } else { literal.append(character) }
        continue
      }
      isDirective = false
      if character == "%" {
        literal.append("%")
        continue
      }
      guard Self.directives.contains(character) else {
        throw FunctionError(
          "`%\(character)` is not known in the format of a time",
          hint: "known are %Y %m %d %H %M %S %f and more: see help(format_time)")
      }
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = ""
      pieces.append(.directive(character))
    }
    guard !isDirective else {
      throw FunctionError(
        "the format `\(text)` ends in a single `%`", hint: "`%%` is a percent sign")
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    self.pieces = pieces
  }

  /// A time (microseconds since 1970 in UTC) as the clock of a zone shows it.
  func format(_ microseconds: Int, zone: TimeZoneRules) -> String {
    let offset = zone.offset(at: microseconds)
    let time = CivilTime(microseconds: microseconds &+ offset &* 1_000_000)
    var buffer = TextBuffer(capacity: 32)
    for piece in pieces {
      switch piece {
      case .literal(let text): buffer.append(text)
      case .directive(let directive):
        append(directive, time, microseconds, offset, zone.name, to: &buffer)
      }
    }
    return buffer.string
  }

  private func append(
    _ directive: Character, _ time: CivilTime, _ microseconds: Int, _ offset: Int,
    _ zoneName: String, to buffer: inout TextBuffer
  ) {
    let date = time.date
    switch directive {
    case "Y": buffer.append(padded: date.year, width: 4)
    case "y": buffer.append(padded: ((date.year % 100) + 100) % 100, width: 2)
    case "m": buffer.append(padded: date.month, width: 2)
    case "d": buffer.append(padded: date.day, width: 2)
    case "e": buffer.append(integer: date.day)
    case "H": buffer.append(padded: time.hour, width: 2)
    case "I": buffer.append(padded: (time.hour + 11) % 12 + 1, width: 2)
    case "M": buffer.append(padded: time.minute, width: 2)
    case "S": buffer.append(padded: time.second, width: 2)
    case "f": buffer.append(padded: time.microsecond, width: 6)
    case "L": buffer.append(padded: time.microsecond / 1000, width: 3)
    case "p": buffer.append(time.hour < 12 ? "AM" : "PM")
    case "j": buffer.append(padded: date.dayOfYear, width: 3)
    case "b": buffer.append(String(Self.monthNames[date.month - 1].prefix(3)))
    case "B": buffer.append(Self.monthNames[date.month - 1])
    case "a": buffer.append(String(Self.weekdayNames[date.weekday].prefix(3)))
    case "A": buffer.append(Self.weekdayNames[date.weekday])
    case "u": buffer.append(integer: date.weekday + 1)
    case "G": buffer.append(padded: date.weekOfYear.year, width: 4)
    case "V": buffer.append(padded: date.weekOfYear.week, width: 2)
    case "q": buffer.append(integer: (date.month + 2) / 3)
    case "z":
      TimestampText.appendOffset(seconds: offset, to: &buffer)
    case "Z": buffer.append(zoneName)
    case "s": buffer.append(integer: floorQuotient(microseconds, 1_000_000))
    case "F": TimestampText.appendDate(date, to: &buffer)
    case "T": TimestampText.appendClock(time, fractionDigits: 0, to: &buffer)
    case "R":
      buffer.append(padded: time.hour, width: 2)
      buffer.append(":")
      buffer.append(padded: time.minute, width: 2)
    default: break
    }
  }

  /// The time that a text shows; nil when it does not have this form.
  ///
  /// Parts that the format lacks are those of 1970-01-01T00:00:00, the zone is `zone` unless the text says.
  func parse(_ input: String, zone: TimeZoneRules) -> Int? {
    var reader = TimeReader(input)
    for piece in pieces {
      switch piece {
      case .literal(let literal): guard reader.skip(literal) else { return nil }
      case .directive(let directive): guard reader.read(directive) else { return nil }
      }
    }
    return reader.finish(zone: zone)
  }
}

extension CivilDate {
  /// The week of ISO 8601 and the year that it belongs to: weeks begin on Monday, and the first
  /// is the one with the year's first Thursday.
  var weekOfYear: (year: Int, week: Int) {
    let thursday = CivilDate(daysSinceEpoch: daysSinceEpoch - weekday + 3)
    return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
  }
}
