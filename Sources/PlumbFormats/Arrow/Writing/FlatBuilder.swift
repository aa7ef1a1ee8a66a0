/// Writes messages of FlatBuffers from front to back: a table, then what it points to.
struct FlatBuilder {
  private(set) var bytes: [UInt8] = [0, 0, 0, 0]

  /// The value of a field of a table.
  enum Value {
    case byte(UInt8)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case table([Field])
    case text(String)
    case tables([[Field]])
    /// A vector of `count` structures whose parts are of eight bytes at most.
    case structures([UInt8], count: Int)

    /// The bytes in the table; of what lies elsewhere, of its offset.
    fileprivate var size: Int {
      switch self {
      case .byte: 1
      case .int16: 2
      case .int32, .table, .text, .tables, .structures: 4
      case .int64: 8
      }
    }
  }

  /// A field by its number in the schema.
  struct Field {
    let slot: Int
    let value: Value

    init(_ slot: Int, _ value: Value) {
      self.slot = slot
      self.value = value
    }
  }

  /// The bytes of a message whose root is a table, padded to eight.
  static func message(_ root: [Field]) -> [UInt8] {
    var builder = FlatBuilder()
    let position = builder.add(root)
    builder.patch(0, position)
    builder.align(8)
    return builder.bytes
  }

  private mutating func align(_ alignment: Int, after extra: Int = 0) {
    while (bytes.count + extra) % alignment != 0 { bytes.append(0) }
  }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func patch(_ place: Int, _ target: Int) {
    let offset = UInt32(truncatingIfNeeded: target - place)
    for byte in 0..<4 {
      bytes[place + byte] = UInt8(truncatingIfNeeded: offset >> UInt32(byte * 8))
    }
  }

  private mutating func add(_ fields: [Field]) -> Int {
    let slotCount = (fields.map(\.slot).max() ?? -1) + 1
    // Where each field lies in the table, behind the offset of its layout.
    var places = [Int](repeating: 0, count: slotCount)
    var size = 4
    for field in fields {
      let width = field.value.size
      size = (size + width - 1) / width * width
      places[field.slot] = size
      size += width
    }
    let layoutBytes = 4 + slotCount * 2
    align(8, after: layoutBytes)
    let layout = bytes.count
    append(UInt16(truncatingIfNeeded: layoutBytes))
    append(UInt16(truncatingIfNeeded: size))
    for place in places { append(UInt16(truncatingIfNeeded: place)) }
    let start = bytes.count
    append(Int32(truncatingIfNeeded: start - layout))
    for field in fields {
      while bytes.count < start + places[field.slot] { bytes.append(0) }
      switch field.value {
      case .byte(let value): append(value)
      case .int16(let value): append(value)
      case .int32(let value): append(value)
      case .int64(let value): append(value)
      case .table, .text, .tables, .structures: append(UInt32(0))
      }
    }
    for field in fields {
      let target: Int
      switch field.value {
      case .byte, .int16, .int32, .int64: continue
      case .table(let inner): target = add(inner)
      case .text(let text): target = add(text)
      case .tables(let tables): target = add(tables)
      case .structures(let content, let count): target = add(content, count)
      }
      patch(start + places[field.slot], target)
    }
    return start
  }

  private mutating func add(_ text: String) -> Int {
    align(4)
    defer {
      append(UInt32(truncatingIfNeeded: text.utf8.count))
      bytes.append(contentsOf: text.utf8)
      bytes.append(0)
    }
    return bytes.count
  }

  private mutating func add(_ tables: [[Field]]) -> Int {
    align(4)
    let start = bytes.count
    append(UInt32(truncatingIfNeeded: tables.count))
    for _ in tables { append(UInt32(0)) }
    for (index, table) in tables.enumerated() {
      let place = start + 4 + index * 4
      let target = add(table)
      patch(place, target)
    }
    return start
  }

  private mutating func add(_ content: [UInt8], _ count: Int) -> Int {
    align(8, after: 4)
    defer {
      append(UInt32(truncatingIfNeeded: count))
      bytes += content
    }
    return bytes.count
  }
}
