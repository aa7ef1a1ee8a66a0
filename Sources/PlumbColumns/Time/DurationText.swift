/// Durations as text: for people (`1h 2m`), and as seconds for files.
package enum DurationText {
  private static let units: [(name: StaticString, microseconds: Int)] = [
    ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000),
  ]

  /// Text for people: `3d 4h`, `1m 2.5s`, `250ms`, `15us`.
  ///
  /// With `maxUnits` only that many units from the largest on are shown, the rest cut off.
  package static func format(_ microseconds: Int, maxUnits: Int? = nil) -> String {
    var buffer = TextBuffer(capacity: 32)
    append(microseconds, maxUnits: maxUnits, to: &buffer)
    return buffer.string
  }

  package static func append(
    _ microseconds: Int, maxUnits: Int? = nil, to buffer: inout TextBuffer
  ) {
    if microseconds < 0 { buffer.append(0x2D) }
    var rest = microseconds.magnitude
    guard rest >= 1_000_000 else { return appendSubsecond(Int(rest), to: &buffer) }
    let limit = maxUnits ?? 4
    var first: Int?
    for (index, unit) in units.enumerated() {
      let amount = rest / UInt(unit.microseconds)
      rest %= UInt(unit.microseconds)
      guard amount > 0 else { continue }
      if let first, index - first >= limit { continue }
      if first != nil { buffer.append(0x20) } else { first = index }
      buffer.append(integer: Int(amount))
      buffer.append(unit.name)
    }
    // A fraction of a second says nothing beside minutes, unless the whole is asked for.
    let isExact = maxUnits == nil || first == nil
    guard rest > 0, isExact || rest >= 1_000_000, 3 - (first ?? 3) < limit else { return }
    if first != nil { buffer.append(0x20) }
    appendSeconds(rest, exact: isExact, to: &buffer)
  }

  private static func appendSeconds(_ rest: UInt, exact: Bool, to buffer: inout TextBuffer) {
    buffer.append(integer: Int(rest / 1_000_000))
    if exact { appendFraction(Int(rest % 1_000_000), digits: 6, to: &buffer) }
    buffer.append(0x73)
  }

  private static func appendSubsecond(_ rest: Int, to buffer: inout TextBuffer) {
    if rest == 0 {
      buffer.append("0s")
    } else if rest >= 1000 {
      buffer.append(integer: rest / 1000)
      appendFraction(rest % 1000, digits: 3, to: &buffer)
      buffer.append("ms")
    } else {
      buffer.append(integer: rest)
      buffer.append("us")
    }
  }

  /// Appends the duration in seconds: `90`, `0.25`, exact to the microsecond.
  package static func appendSeconds(_ microseconds: Int, to buffer: inout TextBuffer) {
    if microseconds < 0 { buffer.append(0x2D) }
    buffer.append(integer: Int(microseconds.magnitude / 1_000_000))
    appendFraction(Int(microseconds.magnitude % 1_000_000), digits: 6, to: &buffer)
  }

  private static func appendFraction(_ value: Int, digits: Int, to buffer: inout TextBuffer) {
    guard value > 0 else { return }
    var rest = value
    var width = digits
    while rest % 10 == 0 {
      rest /= 10
      width -= 1
    }
    buffer.append(0x2E)
    buffer.append(padded: rest, width: width)
  }

  /// The microseconds of `1h 30m`, `1.5h`, `-250ms`, `2 days`, `10:30:00`,
  /// `3 days 04:00:00.5`; nil when it is no duration. A number without a unit is none.
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var reader = DurationReader(text)
    return reader.read()
  }

  /// The microseconds of a text; nil when it is no duration.
  package static func parse(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { parse($0) }
  }
}

/// Reads one duration from left to right.
private struct DurationReader {
  let text: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func read() -> Int? {
    var isNegative = false
    skipSpaces()
    if peek == 0x2D || peek == 0x2B {
      isNegative = peek == 0x2D
      position += 1
    }
    var total = 0
    var parts = 0
    while true {
      skipSpaces()
      if position == text.count { break }
      guard let part = part() else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { return nil }
      total = sum
      parts += 1
    }
    return parts == 0 ? nil : isNegative ? -total : total
  }

  private var peek: UInt8 { position < text.count ? text[position] : 0 }

  private mutating func skipSpaces() {
    while peek == 0x20 { position += 1 }
  }

  /// A number with its unit, or a clock time.
  private mutating func part() -> Int? {
    guard let whole = digits() else { return nil }
    if peek == 0x3A { return clock(hours: whole) }
    var numerator = 0
    var denominator = 1
    if peek == 0x2E {
      position += 1
      let start = position
      while peek &- 0x30 < 10, position - start < 6 {
        numerator = numerator * 10 + Int(peek - 0x30)
        denominator *= 10
        position += 1
      }
      guard position > start else { return nil }
      while peek &- 0x30 < 10 { position += 1 }
    }
    skipSpaces()
    guard let unit = unit() else { return nil }
    let (amount, overflow) = whole.multipliedReportingOverflow(by: unit)
    if overflow { return nil }
    let (fraction, fractionOverflow) = numerator.multipliedReportingOverflow(by: unit)
    if fractionOverflow { return nil }
    let (sum, isTooLarge) = amount.addingReportingOverflow(fraction / denominator)
    return isTooLarge ? nil : sum
  }

  private mutating func clock(hours: Int) -> Int? {
    position += 1
    guard let minutes = digits(), minutes < 60, peek == 0x3A else { return nil }
    position += 1
    guard let seconds = digits(), seconds < 60 else { return nil }
    var microseconds = 0
    if peek == 0x2E {
      position += 1
      var scale = 100_000
      while peek &- 0x30 < 10 {
        microseconds += Int(peek - 0x30) * scale
        scale /= 10
        position += 1
      }
    }
    guard hours < 1 << 31 else { return nil }
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + microseconds
  }

  private mutating func digits() -> Int? {
    let start = position
    var value = 0
    while peek &- 0x30 < 10 {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow || scaled > Int.max - 9 { return nil }
      value = scaled + Int(peek - 0x30)
      position += 1
    }
    return position > start ? value : nil
  }

  private mutating func unit() -> Int? {
    let start = position
    while position < text.count, peek >= 0x41, peek != 0x5B { position += 1 }
    let name = String(decoding: text[start..<position], as: UTF8.self)
    switch name {
    case "us", "µs", "μs", "microsecond", "microseconds": return 1
    case "ms", "millisecond", "milliseconds": return 1000
    case "s", "sec", "second", "seconds": return 1_000_000
    case "m", "min", "minute", "minutes": return 60_000_000
    case "h", "hour", "hours": return 3_600_000_000
    case "d", "day", "days": return 86_400_000_000
    case "w", "week", "weeks": return 604_800_000_000
    default: return nil
    }
  }
}
