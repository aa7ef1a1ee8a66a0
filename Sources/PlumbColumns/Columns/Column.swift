/// A typed, immutable run of values with their validity.
///
/// Values lie contiguously in the narrowest layout that holds them; nulls are a bitmap apart, so
/// that loops over values need not look at them.
package struct Column: Sendable {
  package let type: DataType
  package let count: Int
  package let storage: Storage
  /// Which rows have a value; absent when all have. Never set for `.constant`.
  package let validity: Bitmap?

  /// How the values lie in memory. Values at null rows are defined but mean nothing.
  package enum Storage: Sendable {
    /// Integers, timestamps and durations in one of four widths.
    case int8(Values<Int8>)
    case int16(Values<Int16>)
    case int32(Values<Int32>)
    case int64(Values<Int>)
    case float(Values<Double>)
    /// 0 or 1.
    case bool(Values<UInt8>)
    /// Codes into a dictionary. At null rows the code is 0 even if the dictionary is empty.
    case text8(Values<UInt8>, TextDictionary)
    case text16(Values<UInt16>, TextDictionary)
    case text32(Values<UInt32>, TextDictionary)
    /// Row `i` holds elements `offsets[i]..<offsets[i + 1]`; one more offset than rows.
    indirect case list(offsets: Values<Int>, elements: Column)
    /// A column for each field, in the order of the type.
    indirect case record([Column])
    /// The same value (or null) in every row.
    indirect case constant(Value)
  }

  package init(type: DataType, count: Int, storage: Storage, validity: Bitmap? = nil) {
    self.type = type
    self.count = count
    self.storage = storage
    self.validity = validity
  }

  /// A column with the same value in every row.
  package init(constant value: Value, type: DataType, count: Int) {
    self.init(type: type, count: count, storage: .constant(value.coerced(to: type)))
  }

  /// A column of nulls.
  package static func nulls(_ type: DataType, count: Int) -> Column {
    Column(constant: .null, type: type, count: count)
  }

  /// Whether row `row` is null.
  package func isNull(_ row: Int) -> Bool {
    if case .constant(let value) = storage { return value.isNull }
    guard let validity else { return false }
    return !validity[row]
  }

  /// Whether the column may hold a null.
  package var mayHaveNulls: Bool {
    if case .constant(let value) = storage { return value.isNull }
    return validity != nil
  }

  package var nullCount: Int {
    if case .constant(let value) = storage { return value.isNull ? count : 0 }
    return validity.map { count - $0.setCount } ?? 0
  }

  /// The value that all rows share, if the layout says so.
  package var constantValue: Value? {
    if case .constant(let value) = storage { value } else { nil }
  }

  /// The rows from `start`, `count` of them, sharing memory.
  package func slice(_ start: Int, _ count: Int) -> Column {
    if start == 0, count == self.count { return self }
    let sliced: Storage =
      switch storage {
      case .int8(let values): .int8(values.slice(start, count))
      case .int16(let values): .int16(values.slice(start, count))
      case .int32(let values): .int32(values.slice(start, count))
      case .int64(let values): .int64(values.slice(start, count))
      case .float(let values): .float(values.slice(start, count))
      case .bool(let values): .bool(values.slice(start, count))
      case .text8(let values, let dictionary): .text8(values.slice(start, count), dictionary)
      case .text16(let values, let dictionary): .text16(values.slice(start, count), dictionary)
      case .text32(let values, let dictionary): .text32(values.slice(start, count), dictionary)
      case .list(let offsets, let elements):
        .list(offsets: offsets.slice(start, count + 1), elements: elements)
      case .record(let columns): .record(columns.map { $0.slice(start, count) })
      case .constant: storage
      }
    return Column(
      type: type, count: count, storage: sliced, validity: validity?.slice(start, count))
  }

  /// The same values with another validity.
  package func withValidity(_ validity: Bitmap?) -> Column {
    if case .constant(let value) = storage {
      guard let validity, !value.isNull else { return self }
      return materialized().withValidity(validity)
    }
    return Column(type: type, count: count, storage: storage, validity: validity)
  }

  /// The same memory read as another type of the same layout (int, timestamp, duration).
  package func reinterpreted(as type: DataType) -> Column {
    if case .constant(let value) = storage {
      let retyped: Value =
        switch (value, type) {
        case (.int(let v), .timestamp), (.duration(let v), .timestamp): .timestamp(v)
        case (.int(let v), .duration), (.timestamp(let v), .duration): .duration(v)
        case (.timestamp(let v), .int), (.duration(let v), .int): .int(v)
        default: value
        }
      return Column(constant: retyped, type: type, count: count)
    }
    return Column(type: type, count: count, storage: storage, validity: validity)
  }
}
