import PlumbColumns

/// Turns values of any type into 64-bit keys, equal for equal values, and back.
///
/// Equal as group keys are: all NaN are one value, and 0.0 is -0.0.
final class KeyCoder {
  let type: DataType
  private let texts = TextUnifier()
  private var valueCodes: [Value: Int] = [:]
  private var values: [Value] = []

  init(type: DataType) { self.type = type }

  /// A key for each row of a column without nulls.
  func keys(of column: Column) -> Values<UInt64> {
    let result = Buffer<UInt64>(count: column.count)
    let target = result.base
    let column = column.materialized()
    switch column.storage {
    case .int8(let values): widen(values.pointer, column.count, target)
    case .int16(let values): widen(values.pointer, column.count, target)
    case .int32(let values): widen(values.pointer, column.count, target)
    case .int64(let values): widen(values.pointer, column.count, target)
    case .bool(let values): widen(values.pointer, column.count, target)
    case .float(let values):
      let source = values.pointer
      for row in 0..<column.count { target[row] = Self.key(of: source[row]) }
    case .text8(let codes, let dictionary): code(codes.pointer, column.count, dictionary, target)
    case .text16(let codes, let dictionary): code(codes.pointer, column.count, dictionary, target)
    case .text32(let codes, let dictionary): code(codes.pointer, column.count, dictionary, target)
    case .list, .record, .constant:
      for row in 0..<column.count { target[row] = UInt64(code(of: column.value(at: row))) }
    }
    withExtendedLifetime(column) {}
    return Values(result)
  }

  /// The key of a double: its bits, NaN and zero each in one form.
  @inline(__always)
  static func key(of value: Double) -> UInt64 {
    value == value ? (value + 0).bitPattern : Double.nan.bitPattern
  }

  @inline(__always)
  private func widen<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ source: UnsafePointer<Integer>, _ count: Int, _ target: UnsafeMutablePointer<UInt64>
  ) {
    for row in 0..<count { target[row] = UInt64(truncatingIfNeeded: source[row]) }
  }

  @inline(__always)
  private func code<Code: FixedWidthInteger & BitwiseCopyable>(
    _ codes: UnsafePointer<Code>, _ count: Int, _ dictionary: TextDictionary,
    _ target: UnsafeMutablePointer<UInt64>
  ) {
    guard let map = texts.map(dictionary) else {
      widen(codes, count, target)
      return
    }
    map.withUnsafeBufferPointer { map in
      for row in 0..<count {
        target[row] = UInt64(map[Int(truncatingIfNeeded: codes[row])])
      }
    }
  }

  /// The key of each code of a dictionary; absent when the codes are the keys.
  func textMap(_ dictionary: TextDictionary) -> [UInt32]? { texts.map(dictionary) }

  /// The number of keys given to texts.
  var textCount: Int { texts.count }

  private func code(of value: Value) -> Int {
    if let known = valueCodes[value] { return known }
    valueCodes[value] = values.count
    values.append(value)
    return values.count - 1
  }

  /// Whether a key depends on what the coder has seen, so that those of others are other keys.
  var isTranslated: Bool {
    switch type {
    case .string, .list, .record: true
    case .null, .bool, .int, .float, .timestamp, .duration: false
    }
  }

  /// What each key of another coder is here, for keys that are codes of texts or values.
  ///
  /// The other must not be used afterwards.
  func translation(of other: KeyCoder) -> (UInt64) -> UInt64 {
    switch type {
    case .string:
      guard let map = texts.map(other.texts.finish()) else { return { $0 } }
      return { UInt64(map[Int($0)]) }
    case .list, .record:
      let map = other.values.map { UInt64(code(of: $0)) }
      return { map[Int($0)] }
    case .null, .bool, .int, .float, .timestamp, .duration: return { $0 }
    }
  }

  /// The values that keys stand for. Ends the coder's use.
  func column(of keys: [UInt64]) -> Column {
    switch type {
    case .null: return .nulls(.null, count: keys.count)
    case .bool, .int, .timestamp, .duration:
      return .integers(
        Values(keys.map { Int(truncatingIfNeeded: $0) }), type: type, validity: nil)
    case .float: return Column(keys.map { Double(bitPattern: $0) })
    case .string:
      let dictionary = texts.finish()
      guard dictionary.count > 0 else { return .nulls(.string, count: keys.count) }
      let codes = Values(keys.map { UInt32(truncatingIfNeeded: $0) })
      return Column(type: .string, count: keys.count, storage: .text(codes, dictionary))
    case .list, .record: return Column(keys.map { values[Int($0)] }, type: type)
    }
  }
}
