import PlumbColumns
import PlumbDiagnostics

/// The distinct values of a column, and for each row which of them it has.
struct Categories {
  /// The values as text, made safe for showing.
  let labels: [String]
  /// The index of each row's label.
  let codes: [Int32]
  /// Whether the values have an order of their own: numbers, times.
  let isOrdered: Bool

  /// Texts stand in the order of first appearance, other values ascending, null last.
  init(
    _ column: Column, zone: TimeZoneRules, control: RunControl
  ) throws(RunControl.Interruption) {
    if column.type == .string {
      isOrdered = false
      (labels, codes) = try Self.texts(column, control)
    } else {
      isOrdered = column.type != .bool
      (labels, codes) = try Self.values(column, zone, control)
    }
  }

  private static func texts(
    _ column: Column, _ control: RunControl
  ) throws(RunControl.Interruption) -> ([String], [Int32]) {
    let (source, dictionary) = column.codes()
    let presence = column.presence
    var labels: [String] = []
    var known = [Int32](repeating: -1, count: max(1, dictionary.count))
    var codes = [Int32](repeating: -1, count: column.count)
    for row in 0..<column.count {
      if row & 0xFFFF == 0 { try control.check() }
      guard presence?[row] ?? true else { continue }
      let code = Int(source[row])
      if known[code] < 0 {
        known[code] = Int32(labels.count)
        labels.append(escapingControlCharacters(dictionary[code]))
      }
      codes[row] = known[code]
    }
    if column.nullCount > 0 { addNull(&labels, &codes) }
    return (labels, codes)
  }

  private static func values(
    _ column: Column, _ zone: TimeZoneRules, _ control: RunControl
  ) throws(RunControl.Interruption) -> ([String], [Int32]) {
    let presence = column.presence
    // Values are told apart by their bits: for integers the number, for floats the pattern.
    let integers = column.type == .float ? nil : column.integers()
    let doubles = column.type == .float ? column.doubles() : nil
    var firstRows: [UInt64: Int] = [:]
    var keys = [UInt64](repeating: 0, count: column.count)
    for row in 0..<column.count {
      if row & 0xFFFF == 0 { try control.check() }
      guard presence?[row] ?? true else { continue }
      let key =
        doubles.map { ($0[row] + 0).bitPattern }
        ?? UInt64(
          bitPattern: Int64(integers?[row] ?? 0))
      keys[row] = key
      if firstRows[key] == nil { firstRows[key] = row }
    }
    let sorted = firstRows.map { (key: $0.key, value: column.value(at: $0.value)) }
      .sorted { compareValues($0.value, $1.value) < 0 }
    var positions: [UInt64: Int32] = [:]
    for (index, entry) in sorted.enumerated() { positions[entry.key] = Int32(index) }
    var labels = sorted.map { Self.label($0.value, zone) }
    var codes = [Int32](repeating: -1, count: column.count)
    for row in 0..<column.count where presence?[row] ?? true {
      codes[row] = positions[keys[row]] ?? -1
    }
    if column.nullCount > 0 { addNull(&labels, &codes) }
    return (labels, codes)
  }

  private static func addNull(_ labels: inout [String], _ codes: inout [Int32]) {
    for row in codes.indices where codes[row] < 0 { codes[row] = Int32(labels.count) }
    labels.append("null")
  }

  private static func label(_ value: Value, _ zone: TimeZoneRules) -> String {
    switch value {
    case .float(let double): return AxisText.value(double)
    case .duration(let microseconds): return DurationText.format(microseconds, maxUnits: 2)
    case .timestamp(let microseconds):
      let local = zone.local(microseconds)
      var text = TextBuffer()
      TimestampText.appendDate(CivilTime(microseconds: local).date, to: &text)
      guard local % CivilTime.microsecondsPerDay != 0 else { return text.string }
      text.append(0x20)
      TimestampText.appendClock(CivilTime(microseconds: local), fractionDigits: 0, to: &text)
      return text.string
    case .null, .bool, .int, .string, .list, .record: return JSONText.write(value)
    }
  }
}
