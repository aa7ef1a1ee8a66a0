/// Timestamps as ISO 8601 text.
package enum TimestampText {
  /// Microseconds since 1970-01-01T00:00:00Z of a text such as `2026-11-23`,
  /// `2026-11-23T10:30`, `2026-11-23 10:30:00.250+02:00`; nil when it is none.
  ///
  /// Without an offset the time is UTC. Digits beyond microseconds are cut off.
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    if text.count == 19, let base = text.baseAddress { return parseSeconds(base) }
    var reader = TimestampReader(text)
    return reader.read()
  }

  /// The common form `2026-11-23T10:30:00`, by fixed positions.
  private static func parseSeconds(_ base: UnsafePointer<UInt8>) -> Int? {
    var wrong =
      (base[4] ^ 0x2D) | (base[7] ^ 0x2D) | (base[13] ^ 0x3A) | (base[16] ^ 0x3A)
    if base[10] | 0x20 != 0x74, base[10] != 0x20 { wrong = 1 }
    func pair(_ position: Int) -> Int {
      let high = base[position] &- 0x30
      let low = base[position &+ 1] &- 0x30
      if high > 9 || low > 9 { wrong = 1 }
      return Int(high) &* 10 &+ Int(low)
    }
    let date = CivilDate(year: pair(0) &* 100 &+ pair(2), month: pair(5), day: pair(8))
    let hour = pair(11)
    let minute = pair(14)
    let second = pair(17)
    guard wrong == 0, hour < 24, minute < 60, second < 60, date.isValid else {
      // A year with a sign can have as many characters.
      var reader = TimestampReader(UnsafeBufferPointer(start: base, count: 19))
      return reader.read()
    }
    let seconds = ((date.daysSinceEpoch &* 24 &+ hour) &* 60 &+ minute) &* 60 &+ second
    return seconds &* CivilTime.microsecondsPerSecond
  }

  /// The microseconds since 1970 of a text; nil when it is no time.
  package static func parse(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  /// ISO 8601 in UTC with `Z`; a fraction only when there is one, without trailing zeros.
  package static func format(_ microseconds: Int) -> String {
    var buffer = TextBuffer(capacity: 32)
    append(microseconds, to: &buffer)
    return buffer.string
  }

  /// Appends a time in UTC.
  package static func append(_ microseconds: Int, to buffer: inout TextBuffer) {
    let time = CivilTime(microseconds: microseconds)
    appendDate(time.date, to: &buffer)
    buffer.append(0x54)
    appendClock(time, fractionDigits: fractionDigits(time.microsecond), to: &buffer)
    buffer.append(0x5A)
  }

  /// Year, month and day with hyphens; years outside 0...9999 with a sign.
  package static func appendDate(_ date: CivilDate, to buffer: inout TextBuffer) {
    if date.year < 0 || date.year > 9999 { buffer.append(date.year < 0 ? 0x2D : 0x2B) }
    buffer.append(padded: abs(date.year), width: 4)
    buffer.append(0x2D)
    buffer.append(padded: date.month, width: 2)
    buffer.append(0x2D)
    buffer.append(padded: date.day, width: 2)
  }

  /// Hours, minutes and seconds with `fractionDigits` digits of the fraction.
  package static func appendClock(
    _ time: CivilTime, fractionDigits: Int, to buffer: inout TextBuffer
  ) {
    buffer.append(padded: time.hour, width: 2)
    buffer.append(0x3A)
    buffer.append(padded: time.minute, width: 2)
    buffer.append(0x3A)
    buffer.append(padded: time.second, width: 2)
    guard fractionDigits > 0 else { return }
    buffer.append(0x2E)
    var fraction = time.microsecond
    for _ in fractionDigits..<6 { fraction /= 10 }
    buffer.append(padded: fraction, width: fractionDigits)
  }

  /// The digits that a fraction of a second needs.
  package static func fractionDigits(_ microsecond: Int) -> Int {
    guard microsecond != 0 else { return 0 }
    var digits = 6
    var rest = microsecond
    while rest % 10 == 0 {
      rest /= 10
      digits -= 1
    }
    return digits
  }

  /// Appends an offset from UTC as `+02:00`.
  package static func appendOffset(seconds: Int, to buffer: inout TextBuffer) {
    buffer.append(seconds < 0 ? 0x2D : 0x2B)
    let minutes = abs(seconds) / 60
    buffer.append(padded: minutes / 60, width: 2)
    buffer.append(0x3A)
    buffer.append(padded: minutes % 60, width: 2)
  }
}

/// Reads one timestamp from left to right.
private struct TimestampReader {
  let text: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  var next: UInt8 { position < text.count ? text[position] : 0 }

  mutating func read() -> Int? {
    guard text.count >= 8, let date = date() else { return nil }
    var time = CivilTime(date: date)
    guard position < text.count else { return time.microseconds }
    guard next == 0x54 || next == 0x74 || next == 0x20 else { return nil }
    position += 1
    guard clock(&time), let offset = offset(), position == text.count else { return nil }
    guard let local = time.microseconds else { return nil }
    let (utc, overflow) = local.subtractingReportingOverflow(
      offset * CivilTime.microsecondsPerSecond)
    return overflow ? nil : utc
  }

  private mutating func date() -> CivilDate? {
    var sign = 1
    var yearDigits = 4
    if next == 0x2B || next == 0x2D {
      sign = next == 0x2D ? -1 : 1
      position += 1
      yearDigits = 0
      while position + yearDigits < text.count, isDigit(text[position + yearDigits]) {
        yearDigits += 1
      }
      guard (4...6).contains(yearDigits) else { return nil }
    }
    guard let year = digits(yearDigits), take(0x2D), let month = digits(2), take(0x2D),
      let day = digits(2)
    else { return nil }
    let date = CivilDate(year: sign * year, month: month, day: day)
    return date.isValid ? date : nil
  }

  private mutating func clock(_ time: inout CivilTime) -> Bool {
    guard let hour = digits(2), hour < 24, take(0x3A), let minute = digits(2), minute < 60
    else { return false }
    time.hour = hour
    time.minute = minute
    guard next == 0x3A else { return true }
    position += 1
    guard let second = digits(2), second < 60 else { return false }
    time.second = second
    guard next == 0x2E || next == 0x2C else { return true }
    position += 1
    var scale = 100_000
    let start = position
    while position < text.count, isDigit(text[position]) {
      time.microsecond += Int(text[position] - 0x30) * scale
      scale /= 10
      position += 1
    }
    return position > start && position - start <= 12
  }

  /// The seconds east of UTC; 0 where nothing is said.
  private mutating func offset() -> Int? {
    if position == text.count { return 0 }
    if next == 0x5A || next == 0x7A {
      position += 1
      return 0
    }
    guard next == 0x2B || next == 0x2D else { return nil }
    let sign = next == 0x2D ? -1 : 1
    position += 1
    guard let hours = digits(2), hours <= 18 else { return nil }
    var minutes = 0
    if position < text.count {
      if next == 0x3A { position += 1 }
      guard let read = digits(2), read < 60 else { return nil }
      minutes = read
    }
    return sign * (hours * 3600 + minutes * 60)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard position + count <= text.count else { return nil }
    var value = 0
    for index in position..<(position + count) {
      guard isDigit(text[index]) else { return nil }
      value = value * 10 + Int(text[index] - 0x30)
    }
    position += count
    return value
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
