import PlumbColumns

/// What statistics say of the values of a column in one row group.
struct ParquetBounds {
  /// A value in an order of its own kind.
  enum Bound {
    case integer(Int)
    case float(Double)
    case text([UInt8])
  }

  private let type: DataType
  private let minimum: Bound?
  private let maximum: Bound?
  private let mayHaveNulls: Bool
  private let mayHaveValues: Bool

  /// A column that a file does not have.
  init(nullsOf type: DataType) {
    self.type = type
    (minimum, maximum) = (nil, nil)
    (mayHaveNulls, mayHaveValues) = (true, false)
  }

  /// The bounds of a column that is in no list.
  init(_ chunk: ParquetMetadata.ColumnChunk, _ leaf: ParquetLeaf) {
    type = leaf.reading.type
    let statistics = chunk.statistics
    let nullCount = leaf.definition == 0 ? 0 : statistics?.nullCount
    mayHaveNulls = nullCount != 0
    mayHaveValues = nullCount != chunk.valueCount
    var low = statistics?.minimum.flatMap { Self.bound($0, leaf) }
    var high = statistics?.maximum.flatMap { Self.bound($0, leaf) }
    if low == nil, high == nil, Self.hasSignedOrder(leaf) {
      low = statistics?.signedMinimum.flatMap { Self.bound($0, leaf) }
      high = statistics?.signedMaximum.flatMap { Self.bound($0, leaf) }
    }
    if let some = low, let other = high, Self.isLess(other, some) { (low, high) = (nil, nil) }
    (minimum, maximum) = (low, high)
  }

  /// The greatest value of a column of ints, if it is known.
  var greatestInteger: Int? {
    if case .integer(let value)? = maximum { value } else { nil }
  }

  /// Whether the order of old statistics is the one of the values.
  private static func hasSignedOrder(_ leaf: ParquetLeaf) -> Bool {
    switch (leaf.physicalType, leaf.reading.rule) {
    case (_, .unsigned32), (_, .unsigned64), (_, .unsigned64AsFloat): false
    case (.boolean, _), (.int32, _), (.int64, _), (.float, _), (.double, _): true
    case (.int96, _), (.byteArray, _), (.fixedLengthByteArray, _): false
    }
  }

  /// The value that statistics have as bytes; nil where their order is not the column's, or where
  /// they are NaN.
  private static func bound(_ bytes: [UInt8], _ leaf: ParquetLeaf) -> Bound? {
    switch leaf.reading.rule {
    case .bool: return bytes.count == 1 ? .integer(bytes[0] == 0 ? 0 : 1) : nil
    case .integer(let scaling):
      return storedInteger(bytes, leaf).flatMap { scaling.scaled($0) }.map { .integer($0) }
    case .unsigned32: return storedInteger(bytes, leaf).map { .integer($0 & 0xFFFF_FFFF) }
    case .unsigned64:
      return storedInteger(bytes, leaf).flatMap { $0 < 0 ? nil : .integer($0) }
    case .unsigned64AsFloat:
      return storedInteger(bytes, leaf).map { .float(Double(UInt(bitPattern: $0))) }
    case .float:
      let value: Double? = bytes.withUnsafeBytes { bytes in
        switch (leaf.physicalType, bytes.count) {
        case (.float, 4): Double(bytes.loadUnaligned(as: Float.self))
        case (.double, 8): bytes.loadUnaligned(as: Double.self)
        default: nil
        }
      }
      guard let value, !value.isNaN else { return nil }
      return .float(value)
    case .decimalInteger:
      return bytes.withUnsafeBytes { DecimalBytes.integer($0) }.map { .integer($0) }
    case .decimal(let scale):
      if let stored = storedInteger(bytes, leaf) {
        return .float(DecimalBytes.double(stored, scale: scale))
      }
      guard !bytes.isEmpty, leaf.physicalType != .int32, leaf.physicalType != .int64 else {
        return nil
      }
      return .float(bytes.withUnsafeBytes { DecimalBytes.double($0, scale: scale) })
    case .text: return .text(bytes)
    case .int96, .float16, .bytes, .hexadecimal, .uuid, .interval: return nil
    }
  }

  private static func storedInteger(_ bytes: [UInt8], _ leaf: ParquetLeaf) -> Int? {
    bytes.withUnsafeBytes { bytes in
      switch (leaf.physicalType, bytes.count) {
      case (.int32, 4): Int(bytes.loadUnaligned(as: Int32.self))
      case (.int64, 8): bytes.loadUnaligned(as: Int.self)
      default: nil
      }
    }
  }

  private static func isLess(_ a: Bound, _ b: Bound) -> Bool {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): x < y
    case (.float(let x), .float(let y)): x < y
    case (.text(let x), .text(let y)): x.lexicographicallyPrecedes(y)
    default: false
    }
  }

  // MARK: Conditions

  /// Whether a row of the group may meet the condition.
  func mayMeet(_ test: ScanCondition.Test) -> Bool {
    switch test {
    case .equal(.null): mayHaveNulls
    case .equal(let value): mayHaveValues && mayEqual(value)
    case .oneOf(let values):
      values.contains { $0.isNull ? mayHaveNulls : mayHaveValues && mayEqual($0) }
    case .less(let value): mayHaveValues && order(minimum, value).map { $0 < 0 } ?? true
    case .lessOrEqual(let value):
      mayHaveValues && order(minimum, value).map { $0 <= 0 } ?? true
    case .greater(let value): mayHaveValues && order(maximum, value).map { $0 > 0 } ?? true
    case .greaterOrEqual(let value):
      mayHaveValues && order(maximum, value).map { $0 >= 0 } ?? true
    }
  }

  private func mayEqual(_ value: Value) -> Bool {
    (order(minimum, value) ?? 0) <= 0 && (order(maximum, value) ?? 0) >= 0
  }

  /// How a bound stands to a value: less than 0 before it; nil where that is not known.
  private func order(_ bound: Bound?, _ value: Value) -> Int? {
    switch (bound, value) {
    case (.integer(let x)?, .int(let y)) where type == .int: Self.order(x, y)
    case (.integer(let x)?, .timestamp(let y)) where type == .timestamp: Self.order(x, y)
    case (.integer(let x)?, .duration(let y)) where type == .duration: Self.order(x, y)
    case (.integer(let x)?, .bool(let y)) where type == .bool: Self.order(x, y ? 1 : 0)
    case (.integer(let x)?, .float(let y)) where type == .int: Self.order(Double(x), y)
    case (.float(let x)?, .float(let y)): Self.order(x, y)
    case (.float(let x)?, .int(let y)): Self.order(x, Double(y))
    case (.text(let x)?, .string(let y)): Self.order(x, Array(y.utf8))
    default: nil
    }
  }

  private static func order<Key: Comparable>(_ x: Key, _ y: Key) -> Int {
    x < y ? -1 : x == y ? 0 : 1
  }

  private static func order(_ x: [UInt8], _ y: [UInt8]) -> Int {
    x.lexicographicallyPrecedes(y) ? -1 : x == y ? 0 : 1
  }
}
