extension Column {
  /// The rows of several columns, one after the other.
  ///
  /// Integers take the widest of the layouts; texts of one dictionary keep it, others are
  /// interned into a new one; equal constants stay a constant. Each column must be of `type`, or
  /// all null.
  package static func concatenated(_ columns: [Column], type: DataType) -> Column {
    let parts = columns.filter { $0.count > 0 }
    guard let first = parts.first else { return Column([Value](), type: type) }
    if parts.count == 1, first.type == type { return first }
    let count = parts.reduce(0) { $0 + $1.count }
    if let value = sharedConstant(parts) {
      return Column(constant: value, type: type, count: count)
    }
    let storage: Storage =
      switch type {
      case .null, .bool: .bool(concatenatedBools(parts, count))
      case .int, .timestamp, .duration: concatenatedIntegers(parts, count)
      case .float: .float(concatenatedFloats(parts, count))
      case .string: concatenatedTexts(parts, count)
      case .list(let element): concatenatedLists(parts, element, count)
      case .record(let fields): concatenatedRecords(parts, fields)
      }
    return Column(
      type: type, count: count, storage: storage, validity: concatenatedValidity(parts, count))
  }

  /// The value that all rows of all columns share by their layout.
  private static func sharedConstant(_ parts: [Column]) -> Value? {
    guard let value = parts.first?.constantValue else { return nil }
    for part in parts.dropFirst() {
      guard let other = part.constantValue, other.isIdentical(to: value) else { return nil }
    }
    return value
  }

  /// The validity of several columns, one after the other; nil when no row is null.
  package static func concatenatedValidity(_ parts: [Column], _ count: Int) -> Bitmap? {
    guard parts.contains(where: \.mayHaveNulls) else { return nil }
    var writer = BitmapWriter(count: count)
    for part in parts {
      if let presence = part.validity {
        writer.append(presence)
      } else {
        writer.append(repeating: !part.mayHaveNulls, count: part.count)
      }
    }
    return writer.finish()
  }

  private static func concatenatedBools(_ parts: [Column], _ count: Int) -> Values<UInt8> {
    let result = Buffer<UInt8>(count: count)
    var target = result.base
    for part in parts {
      if case .bool(let values) = part.storage {
        target.update(from: values.pointer, count: part.count)
      } else {
        var bit: UInt8 = 0
        if case .constant(.bool(true)) = part.storage { bit = 1 }
        target.update(repeating: bit, count: part.count)
      }
      target += part.count
    }
    return Values(result)
  }

  private static func concatenatedFloats(_ parts: [Column], _ count: Int) -> Values<Double> {
    let result = Buffer<Double>(count: count)
    var target = result.base
    for part in parts {
      switch part.storage {
      case .float(let values): target.update(from: values.pointer, count: part.count)
      case .constant(.float(let value)): target.update(repeating: value, count: part.count)
      case .constant: target.update(repeating: 0, count: part.count)
      case .int8, .int16, .int32, .int64, .bool, .text8, .text16, .text32, .list, .record:
        target.update(from: part.doubles().pointer, count: part.count)
      }
      target += part.count
    }
    return Values(result)
  }

  private static func concatenatedIntegers(_ parts: [Column], _ count: Int) -> Storage {
    switch parts.map(\.integerWidth).max() ?? 8 {
    case 1: .int8(appended(parts, count))
    case 2: .int16(appended(parts, count))
    case 4: .int32(appended(parts, count))
    default: .int64(appended(parts, count))
    }
  }

  private static func appended<Wide: FixedWidthInteger & BitwiseCopyable>(
    _ parts: [Column], _ count: Int
  ) -> Values<Wide> {
    let result = Buffer<Wide>(count: count)
    var target = result.base
    for part in parts {
      switch part.storage {
      case .int8(let values): copy(values, to: target)
      case .int16(let values): copy(values, to: target)
      case .int32(let values): copy(values, to: target)
      case .int64(let values): copy(values, to: target)
      case .bool(let values): copy(values, to: target)
      case .constant, .float, .text8, .text16, .text32, .list, .record:
        target.update(
          repeating: Wide(truncatingIfNeeded: part.constantInteger ?? 0), count: part.count)
      }
      target += part.count
    }
    return Values(result)
  }

  private static func concatenatedLists(
    _ parts: [Column], _ element: DataType, _ count: Int
  ) -> Storage {
    let offsets = Buffer<Int>(count: count + 1)
    offsets.base[0] = 0
    var members: [Column] = []
    var row = 0
    var total = 0
    for part in parts {
      guard case .list(let source, let elements) = part.materialized().storage else {
        // A column of nulls without a type has no elements.
        for index in 0..<part.count { offsets.base[row + index + 1] = total }
        row += part.count
        continue
      }
      let first = source[0]
      for index in 0..<part.count {
        offsets.base[row + index + 1] = source[index + 1] - first + total
      }
      members.append(elements.slice(first, source[part.count] - first))
      total += source[part.count] - first
      row += part.count
    }
    return .list(offsets: Values(offsets), elements: concatenated(members, type: element))
  }

  private static func concatenatedRecords(
    _ parts: [Column], _ fields: [DataType.Field]
  ) -> Storage {
    let laidOut = parts.map { $0.materialized() }
    return .record(
      fields.enumerated().map { index, field in
        concatenated(
          laidOut.map { part in
            guard case .record(let columns) = part.storage else {
              return .nulls(field.type, count: part.count)
            }
            return columns[index]
          }, type: field.type)
      })
  }

  /// The bytes per value that integers of the column need.
  private var integerWidth: Int {
    switch storage {
    case .int8, .bool: return 1
    case .int16: return 2
    case .int32: return 4
    case .int64, .float, .text8, .text16, .text32, .list, .record: return 8
    case .constant:
      let value = constantInteger ?? 0
      if Int(Int8(truncatingIfNeeded: value)) == value { return 1 }
      if Int(Int16(truncatingIfNeeded: value)) == value { return 2 }
      return Int(Int32(truncatingIfNeeded: value)) == value ? 4 : 8
    }
  }

  private var constantInteger: Int? {
    switch constantValue {
    case .int(let value), .timestamp(let value), .duration(let value): value
    default: nil
    }
  }
}

private func copy<
  Narrow: FixedWidthInteger & BitwiseCopyable, Wide: FixedWidthInteger & BitwiseCopyable
>(_ values: Values<Narrow>, to target: UnsafeMutablePointer<Wide>) {
  let source = values.pointer
  for row in 0..<values.count { target[row] = Wide(truncatingIfNeeded: source[row]) }
  withExtendedLifetime(values) {}
}

extension Value {
  /// Equality bit by bit: unlike `==` it tells 0.0 from -0.0 and an int from a float.
  func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.float(let a), .float(let b)): return a.bitPattern == b.bitPattern
    case (.int, .float), (.float, .int): return false
    case (.list(let a, let x), .list(let b, let y)):
      return x == y && a.count == b.count && zip(a, b).allSatisfy { $0.isIdentical(to: $1) }
    case (.record(let a), .record(let b)):
      return a.count == b.count
        && zip(a, b).allSatisfy { $0.name == $1.name && $0.value.isIdentical(to: $1.value) }
    default: return self == other
    }
  }
}
