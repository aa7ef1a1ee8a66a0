/// Writes structures in Apache Thrift's compact protocol, the counterpart of `ThriftReader`.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  /// The number of the field before, for each structure that is open.
  private var last = [0]

  typealias FieldType = ThriftReader.FieldType

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func zigzag(_ value: Int) {
    varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  private mutating func header(_ id: Int, _ type: FieldType) {
    let step = id - last[last.count - 1]
    last[last.count - 1] = id
    if step > 0, step <= 15 {
      bytes.append(UInt8(step) << 4 | type.rawValue)
    } else {
      bytes.append(type.rawValue)
      zigzag(id)
    }
  }

  mutating func int32(_ id: Int, _ value: Int) {
    header(id, .int32)
    zigzag(value)
  }

  mutating func int64(_ id: Int, _ value: Int) {
    header(id, .int64)
    zigzag(value)
  }

  mutating func bool(_ id: Int, _ value: Bool) { header(id, value ? .boolTrue : .boolFalse) }

  mutating func binary(_ id: Int, _ value: some Collection<UInt8>) {
    header(id, .binary)
    element(value)
  }

  mutating func text(_ id: Int, _ value: String) { binary(id, value.utf8) }

  /// Begins a list; its elements follow.
  mutating func list(_ id: Int, of type: FieldType, count: Int) {
    header(id, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | type.rawValue)
    } else {
      bytes.append(0xF0 | type.rawValue)
      varint(UInt64(count))
    }
  }

  /// An element of a list of integers.
  mutating func element(_ value: Int) { zigzag(value) }

  /// An element of a list of binaries.
  mutating func element(_ value: some Collection<UInt8>) {
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// A structure that is a field.
  mutating func structure(_ id: Int, _ body: (inout ThriftWriter) -> Void) {
    header(id, .structure)
    structure(body)
  }

  /// A structure that is an element of a list, or stands by itself.
  mutating func structure(_ body: (inout ThriftWriter) -> Void) {
    last.append(0)
    body(&self)
    last.removeLast()
    bytes.append(0)
  }
}
