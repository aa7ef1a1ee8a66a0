import PlumbColumns

/// How the cells of a column are written for people.
struct ShownColumn {
  let zone: TimeZoneRules
  /// The significant digits of floats; nil for all.
  let floatDigits: Int?
  /// The units of durations; nil for all.
  let durationUnits: Int?
  /// Whether long lists of numbers are drawn.
  let drawsLists: Bool
  /// Whether every time shown is midnight, so that the day says all.
  let isDateOnly: Bool
  /// The digits of fractions of seconds: 0, 3 or 6, alike in all cells.
  let fractionDigits: Int

  init(_ column: Column, rows: [Range<Int>], options: OutputOptions) {
    zone = options.timeZone
    floatDigits = options.isTerminal ? 6 : nil
    durationUnits = options.isTerminal ? 2 : nil
    drawsLists = options.isTerminal
    var isDateOnly = column.type == .timestamp
    var digits = 0
    if column.type == .timestamp {
      for range in rows {
        let slice = column.slice(range.lowerBound, range.count)
        let values = slice.integers()
        let presence = slice.presence
        for row in 0..<range.count where presence?[row] ?? true {
          let local = zone.local(values[row])
          if local % CivilTime.microsecondsPerDay != 0 { isDateOnly = false }
          if local % 1_000_000 != 0 { digits = max(digits, local % 1000 == 0 ? 3 : 6) }
        }
      }
    }
    self.isDateOnly = isDateOnly
    fractionDigits = digits
  }

  func appendTimestamp(_ microseconds: Int, to buffer: inout TextBuffer) {
    let offset = zone.offset(at: microseconds)
    let time = CivilTime(microseconds: microseconds &+ offset &* 1_000_000)
    TimestampText.appendDate(time.date, to: &buffer)
    if isDateOnly { return }
    buffer.append(0x20)
    TimestampText.appendClock(time, fractionDigits: fractionDigits, to: &buffer)
    if !zone.isUTC { TimestampText.appendOffset(seconds: offset, to: &buffer) }
  }
}

extension ChunkCells {
  /// Appends a cell for people, control characters made visible. Null is `null`.
  func appendShown(
    column: Int, row: Int, _ style: ShownColumn, to buffer: inout TextBuffer
  ) {
    let view = views[column]
    if view.isNull(row) { return buffer.append("null") }
    switch view.layout {
    case .bools(let values): buffer.append(values[row] != 0 ? "true" : "false")
    case .integers(let values): buffer.append(integer: values[row])
    case .timestamps(let values): style.appendTimestamp(values[row], to: &buffer)
    case .durations(let values):
      DurationText.append(values[row], maxUnits: style.durationUnits, to: &buffer)
    case .floats(let values):
      if let digits = style.floatDigits {
        FloatText.appendRounded(values[row], digits: digits, to: &buffer)
      } else {
        FloatText.append(values[row], to: &buffer)
      }
    case .texts(let codes, let bytes, let offsets):
      TextEscapes.appendVisible(CellView.text(codes, bytes, offsets, row), to: &buffer)
    case .nested:
      let value = nestedValue(column: column, row: row)
      if style.drawsLists, let line = Sparkline.text(value) { return buffer.append(line) }
      JSONText.append(value, to: &buffer)
    }
  }
}

/// A single value for people: text as it is, times in ISO 8601 in the zone.
func appendShownValue(_ value: Value, _ options: OutputOptions, to buffer: inout TextBuffer) {
  switch value {
  case .float(let double): FloatText.append(double, to: &buffer)
  case .string(var text):
    if options.isTerminal {
      text.withUTF8 { TextEscapes.appendVisible($0, keepsLines: true, to: &buffer) }
    } else {
      buffer.append(text)
    }
  case .timestamp(let microseconds) where !options.timeZone.isUTC:
    let offset = options.timeZone.offset(at: microseconds)
    let time = CivilTime(microseconds: microseconds &+ offset &* 1_000_000)
    TimestampText.appendDate(time.date, to: &buffer)
    buffer.append(0x54)
    TimestampText.appendClock(
      time, fractionDigits: TimestampText.fractionDigits(time.microsecond), to: &buffer)
    TimestampText.appendOffset(seconds: offset, to: &buffer)
  case .timestamp(let microseconds): TimestampText.append(microseconds, to: &buffer)
  case .duration(let microseconds): DurationText.append(microseconds, to: &buffer)
  case .null, .bool, .int, .list, .record: JSONText.append(value, to: &buffer)
  }
}
