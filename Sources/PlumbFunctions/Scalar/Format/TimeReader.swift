import PlumbColumns

/// Reads a time from text, a directive of its format after the other.
struct TimeReader {
  private let bytes: [UInt8]
  private var position = 0
  private var date = CivilDate(year: 1970, month: 1, day: 1)
  private var time = CivilTime(date: CivilDate(year: 1970, month: 1, day: 1))
  private var dayOfYear: Int?
  private var isAfternoon: Bool?
  private var offsetSeconds: Int?
  private var unixSeconds: Int?

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func skip(_ literal: String) -> Bool {
    let expected = Array(literal.utf8)
    guard position + expected.count <= bytes.count,
      bytes[position..<(position + expected.count)].elementsEqual(expected)
    else { return false }
    position += expected.count
    return true
  }

  /// Reads what one directive stands for.
  mutating func read(_ directive: Character) -> Bool {
    switch directive {
    case "Y", "G": return number(4, 0...9999) { $0.date.year = $1 }
    case "y": return number(2, 0...99) { $0.date.year = $1 + ($1 < 69 ? 2000 : 1900) }
    case "m": return number(2, 1...12) { $0.date.month = $1 }
    case "d", "e": return number(2, 1...31) { $0.date.day = $1 }
    case "H": return number(2, 0...23) { $0.time.hour = $1 }
    case "I": return number(2, 1...12) { $0.time.hour = $1 % 12 }
    case "M": return number(2, 0...59) { $0.time.minute = $1 }
    case "S": return number(2, 0...59) { $0.time.second = $1 }
    case "j": return number(3, 1...366) { $0.dayOfYear = $1 }
    case "u", "q": return number(1, 1...7) { _, _ in }
    case "V": return number(2, 1...53) { _, _ in }
    case "f": return fraction(digits: 6)
    case "L": return fraction(digits: 3)
    case "s": return number(12, 0...999_999_999_999) { $0.unixSeconds = $1 }
    case "p": return name(["AM", "PM"]) { $0.isAfternoon = $1 == 1 }
    case "B", "b":
      let full = TimePattern.monthNames
      return name(full) { $0.date.month = $1 + 1 }
        || name(full.map { String($0.prefix(3)) }) { $0.date.month = $1 + 1 }
    case "A", "a":
      let full = TimePattern.weekdayNames
      return name(full) { _, _ in } || name(full.map { String($0.prefix(3)) }) { _, _ in }
    case "z", "Z": return offset()
    case "F": return read("Y") && skip("-") && read("m") && skip("-") && read("d")
    case "T": return read("R") && skip(":") && read("S")
    case "R": return read("H") && skip(":") && read("M")
    default: return false
    }
  }

  /// The time, if the whole text has been read and such a day exists.
  func finish(zone: TimeZoneRules) -> Int? {
    guard position == bytes.count else { return nil }
    if let unixSeconds { return unixSeconds * 1_000_000 }
    var local = time
    if let dayOfYear {
      guard dayOfYear < 366 || CivilDate.isLeap(date.year) else { return nil }
      let newYear = CivilDate(year: date.year, month: 1, day: 1)
      local.date = CivilDate(daysSinceEpoch: newYear.daysSinceEpoch + dayOfYear - 1)
    } else {
      guard date.isValid else { return nil }
      local.date = date
    }
    if isAfternoon == true, local.hour < 12 { local.hour += 12 }
    if isAfternoon == false, local.hour == 12 { local.hour = 0 }
    guard let microseconds = local.microseconds else { return nil }
    if let offsetSeconds { return microseconds - offsetSeconds * 1_000_000 }
    return zone.utc(fromLocal: microseconds)
  }

  private mutating func number(
    _ maximumDigits: Int, _ range: ClosedRange<Int>, _ store: (inout TimeReader, Int) -> Void
  ) -> Bool {
    var value = 0
    let start = position
    while position < bytes.count, position - start < maximumDigits, isDigit(bytes[position]) {
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    guard position > start, range.contains(value) else { return false }
    store(&self, value)
    return true
  }

  private mutating func fraction(digits: Int) -> Bool {
    var scale = 100_000
    let start = position
    while position < bytes.count, position - start < digits, isDigit(bytes[position]) {
      time.microsecond += Int(bytes[position] - UInt8(ascii: "0")) * scale
      scale /= 10
      position += 1
    }
    return position > start
  }

  private mutating func name(
    _ names: [String], _ store: (inout TimeReader, Int) -> Void
  ) -> Bool {
    for (index, name) in names.enumerated() {
      let expected = Array(name.utf8)
      guard position + expected.count <= bytes.count else { continue }
      let found = bytes[position..<(position + expected.count)]
      guard zip(found, expected).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { continue }
      position += expected.count
      store(&self, index)
      return true
    }
    return false
  }

  private mutating func offset() -> Bool {
    if skip("Z") || skip("UTC") || skip("GMT") {
      offsetSeconds = 0
      return true
    }
    let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
    guard skip("+") || skip("-") else { return false }
    var seconds = 0
    guard
      number(
        2, 0...18,
        {
          seconds = $1 * 3600; _ = $0
        })
    else { return false }
    _ = skip(":")
    _ = number(
      2, 0...59,
      {
        seconds += $1 * 60; _ = $0
      })
    offsetSeconds = isNegative ? -seconds : seconds
    return true
  }
}
