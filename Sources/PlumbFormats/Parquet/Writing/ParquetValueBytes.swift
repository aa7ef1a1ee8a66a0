import PlumbColumns

/// The bytes of values in plain encoding.
enum ParquetValueBytes {
  static func plain(_ column: Column) -> [UInt8] {
    switch column.storage {
    case .float(let values): return bytes(values.pointer, values.count * 8)
    case .bool(let values): return bits(values)
    case .text8, .text16, .text32: return texts(column)
    case .int8, .int16, .int32, .int64, .constant, .list, .record:
      let values = column.integers()
      return bytes(values.pointer, values.count * 8)
    }
  }

  private static func bytes(_ start: UnsafeRawPointer, _ count: Int) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  private static func bits(_ values: Values<UInt8>) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: (values.count + 7) / 8)
    for index in 0..<values.count { result[index >> 3] |= values[index] << UInt8(index & 7) }
    return result
  }

  private static func texts(_ column: Column) -> [UInt8] {
    let (codes, dictionary) = column.codes()
    var result: [UInt8] = []
    for index in 0..<codes.count { append(dictionary.utf8(Int(codes[index])), to: &result) }
    return result
  }

  static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.count).littleEndian) {
      bytes.append(contentsOf: $0)
    }
    bytes.append(contentsOf: text)
  }
}

/// The distinct values of a column chunk, if they are few, and where each value is among them.
struct ParquetDictionary {
  /// In plain encoding, in order of appearance.
  private(set) var entries: [UInt8] = []
  private(set) var count = 0
  let places: Buffer<UInt32>

  /// A dictionary with more bytes than these, or nearly as many entries as there are values,
  /// saves nothing.
  private static let maximumBytes = 4 << 20
  private static let worthwhileValues = 1000

  var bitWidth: Int { max(1, BitPacked.width(of: count - 1)) }

  /// A dictionary of texts, or of ints that lie close together; nil where none pays.
  init?(_ column: Column) {
    places = Buffer(count: column.count)
    let isWorthwhile: Bool
    switch column.storage {
    case .text8, .text16, .text32: isWorthwhile = addTexts(column)
    case .int8(let values): isWorthwhile = addIntegers(values)
    case .int16(let values): isWorthwhile = addIntegers(values)
    case .int32, .int64, .float, .bool, .list, .record, .constant: isWorthwhile = false
    }
    guard isWorthwhile, count > 0 else { return nil }
  }

  private mutating func addTexts(_ column: Column) -> Bool {
    let (codes, dictionary) = column.codes()
    let limit = max(Self.worthwhileValues, codes.count / 2)
    let known = Buffer<UInt32>(repeating: .max, count: dictionary.count)
    for index in 0..<codes.count {
      let code = Int(codes[index])
      if known.base[code] == .max {
        guard count < limit, entries.count < Self.maximumBytes else { return false }
        known.base[code] = UInt32(truncatingIfNeeded: count)
        count += 1
        ParquetValueBytes.append(dictionary.utf8(code), to: &entries)
      }
      places.base[index] = known.base[code]
    }
    return true
  }

  private mutating func addIntegers<Narrow: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Narrow>
  ) -> Bool {
    let known = Buffer<UInt32>(repeating: .max, count: 1 << Narrow.bitWidth)
    for index in 0..<values.count {
      let place = Int(values[index]) - Int(Narrow.min)
      if known.base[place] == .max {
        known.base[place] = UInt32(truncatingIfNeeded: count)
        count += 1
        withUnsafeBytes(of: Int(values[index]).littleEndian) { entries.append(contentsOf: $0) }
      }
      places.base[index] = known.base[place]
    }
    return true
  }
}
