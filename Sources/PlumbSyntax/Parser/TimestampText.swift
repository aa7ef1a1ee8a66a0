/// Reads `2026-11-23`, `2026-11-23T10:30`, with seconds, a fraction, and `Z` or an offset.
struct TimestampText {
  /// What reading gave.
  enum Result {
    /// Microseconds since 1970-01-01T00:00Z.
    case value(Int64)
    /// A part that no calendar or clock has, such as a 13th month.
    case outOfRange(String)
    case malformed
  }

  private var rest: Substring.UTF8View

  init(_ text: Substring.UTF8View) { rest = text }

  mutating func read() -> Result {
    guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2)
    else { return .malformed }
    guard year >= 1 else { return .outOfRange("no year 0000") }
    guard (1...12).contains(month) else { return .outOfRange("no such month") }
    guard (1...daysInMonth(year, month)).contains(day) else { return .outOfRange("no such day") }
    var seconds = daysSinceEpoch(year, month, day) * 86_400
    if rest.isEmpty { return .value(seconds * 1_000_000) }
    guard take("T") || take("t"), let hour = digits(2), take(":"), let minute = digits(2) else {
      return .malformed
    }
    var second: Int64 = 0
    var fraction: Int64 = 0
    if take(":") {
      guard let value = digits(2) else { return .malformed }
      second = value
      if take(".") {
        guard let value = microseconds() else { return .malformed }
        fraction = value
      }
    }
    guard hour < 24, minute < 60, second < 60 else { return .outOfRange("no such time of day") }
    seconds += hour * 3_600 + minute * 60 + second
    if take("Z") || take("z") {
    } else if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      rest.removeFirst()
      guard let hours = digits(2), take(":"), let minutes = digits(2) else { return .malformed }
      guard hours < 24, minutes < 60 else { return .outOfRange("no such offset") }
      let offset = hours * 3_600 + minutes * 60
      seconds += sign == UInt8(ascii: "+") ? -offset : offset
    }
    return rest.isEmpty ? .value(seconds * 1_000_000 + fraction) : .malformed
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func digits(_ count: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<count {
      guard let digit = rest.first, digit.isDigit else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
      rest.removeFirst()
    }
    return value
  }

  /// The digits after the point; those after the sixth must be zero, since nothing keeps them.
  private mutating func microseconds() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while let digit = rest.first, digit.isDigit {
      if count < 6 {
        value = value * 10 + Int64(digit - UInt8(ascii: "0"))
      } else if digit != UInt8(ascii: "0") {
        return nil
      }
      count += 1
      rest.removeFirst()
    }
    guard count > 0 else { return nil }
    for _ in min(count, 6)..<6 { value *= 10 }
    return value
  }

  private func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-Compatible
  /// Low-Level Date Algorithms", days_from_civil).
  private func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
