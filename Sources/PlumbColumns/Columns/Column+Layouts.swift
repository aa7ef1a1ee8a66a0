/// Plain layouts for kernels: whatever the storage, as one typed window.
extension Column {
  /// The values as 64-bit integers (int, timestamp, duration), widened if they are narrow.
  package func integers() -> Values<Int> {
    switch storage {
    case .int64(let values): return values
    case .int8(let values): return widened(values)
    case .int16(let values): return widened(values)
    case .int32(let values): return widened(values)
    case .constant(let value):
      let integer: Int =
        switch value {
        case .int(let v), .timestamp(let v), .duration(let v): v
        case .bool(let v): v ? 1 : 0
        default: 0
        }
      return Values(Buffer(repeating: integer, count: count))
    case .bool(let values): return widened(values)
    case .float, .text8, .text16, .text32, .list, .record:
      return Values(Buffer(repeating: 0, count: count))
    }
  }

  private func widened<Narrow: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Narrow>
  ) -> Values<Int> {
    let result = Buffer<Int>(count: count)
    let source = values.pointer
    let target = result.base
    for row in 0..<count { target[row] = Int(truncatingIfNeeded: source[row]) }
    return Values(result)
  }

  /// The values as doubles; integers are converted.
  package func doubles() -> Values<Double> {
    switch storage {
    case .float(let values): return values
    case .constant(let value):
      let double: Double =
        switch value {
        case .float(let v): v
        case .int(let v), .timestamp(let v), .duration(let v): Double(v)
        case .bool(let v): v ? 1 : 0
        default: 0
        }
      return Values(Buffer(repeating: double, count: count))
    case .int8(let values): return converted(values)
    case .int16(let values): return converted(values)
    case .int32(let values): return converted(values)
    case .int64(let values): return converted(values)
    case .bool(let values): return converted(values)
    case .text8, .text16, .text32, .list, .record:
      return Values(Buffer(repeating: 0, count: count))
    }
  }

  private func converted<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Integer>
  ) -> Values<Double> {
    let result = Buffer<Double>(count: count)
    let source = values.pointer
    let target = result.base
    for row in 0..<count { target[row] = Double(source[row]) }
    return Values(result)
  }

  /// The values of a bool column, 0 or 1 (0 at null rows of a constant).
  package func bools() -> Values<UInt8> {
    switch storage {
    case .bool(let values): return values
    case .constant(.bool(true)): return Values(Buffer(repeating: 1, count: count))
    case .constant, .int8, .int16, .int32, .int64, .float, .text8, .text16, .text32, .list,
      .record:
      return Values(Buffer(repeating: 0, count: count))
    }
  }

  /// The codes of a text column as 32 bits, and their dictionary.
  package func codes() -> (codes: Values<UInt32>, dictionary: TextDictionary) {
    switch storage {
    case .text32(let codes, let dictionary): return (codes, dictionary)
    case .text8(let codes, let dictionary): return (widenedCodes(codes), dictionary)
    case .text16(let codes, let dictionary): return (widenedCodes(codes), dictionary)
    case .constant(.string(let text)):
      return (
        Values(Buffer(repeating: 0, count: count)), TextDictionary([text], isUnique: true)
      )
    case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record:
      // Code 0 must stand for a text even where every row is null.
      return (Values(Buffer(repeating: 0, count: count)), TextDictionary([""], isUnique: true))
    }
  }

  private func widenedCodes<Narrow: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Narrow>
  ) -> Values<UInt32> {
    let result = Buffer<UInt32>(count: count)
    let source = values.pointer
    let target = result.base
    for row in 0..<count { target[row] = UInt32(truncatingIfNeeded: source[row]) }
    return Values(result)
  }

  /// Which rows have a value, as a bitmap also for constants; absent when all have.
  package var presence: Bitmap? {
    if case .constant(let value) = storage {
      return value.isNull ? Bitmap(repeating: false, count: count) : nil
    }
    return validity
  }

  /// The same column with its values laid out row by row, never `.constant`.
  package func materialized() -> Column {
    guard case .constant(let value) = storage else { return self }
    let validity = value.isNull ? Bitmap(repeating: false, count: count) : nil
    let layout: Storage
    switch type {
    case .null, .bool: layout = .bool(bools())
    case .int, .timestamp, .duration: layout = .int64(integers())
    case .float: layout = .float(doubles())
    case .string:
      let (codes, dictionary) = codes()
      layout = .text32(codes, dictionary)
    case .list(let element):
      guard case .list(let values, _) = value else {
        layout = .list(
          offsets: Values(Buffer(repeating: 0, count: count + 1)),
          elements: Column([Value](), type: element))
        break
      }
      let all = (0..<count).flatMap { _ in values }
      layout = .list(
        offsets: Values((0...count).map { $0 * values.count }),
        elements: Column(all, type: element))
    case .record(let fields):
      var columns: [Column] = []
      for (index, field) in fields.enumerated() {
        var member = Value.null
        if case .record(let members) = value { member = members[index].value }
        columns.append(Column(constant: member, type: field.type, count: count).materialized())
      }
      layout = .record(columns)
    }
    return Column(type: type, count: count, storage: layout, validity: validity)
  }

  /// The bytes that the column holds, its dictionary included.
  package var byteCount: Int {
    let valueBytes: Int =
      switch storage {
      case .int8(let values): values.count
      case .int16(let values): values.count * 2
      case .int32(let values): values.count * 4
      case .int64(let values): values.count * 8
      case .float(let values): values.count * 8
      case .bool(let values): values.count
      case .text8(let codes, let dictionary): codes.count + dictionary.byteCount
      case .text16(let codes, let dictionary): codes.count * 2 + dictionary.byteCount
      case .text32(let codes, let dictionary): codes.count * 4 + dictionary.byteCount
      case .list(let offsets, let elements): offsets.count * 8 + elements.byteCount
      case .record(let columns): columns.reduce(0) { $0 + $1.byteCount }
      case .constant: 0
      }
    return valueBytes + (validity.map { ($0.count + 7) / 8 } ?? 0)
  }
}
