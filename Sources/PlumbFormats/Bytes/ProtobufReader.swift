/// Reads a message of Protocol Buffers field by field.
struct ProtobufReader {
  private(set) var bytes: ByteReader

  init(_ bytes: ByteReader) { self.bytes = bytes }

  /// A field's number and how its value is written.
  struct Field {
    let number: Int
    let wire: Wire
  }

  enum Wire: Int {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
  }

  /// The next field, whose value must be read or skipped; nil at the end.
  mutating func next() throws(FormatFault) -> Field? {
    guard bytes.left > 0 else { return nil }
    let key = try bytes.varint()
    let number = Int(truncatingIfNeeded: key >> 3)
    guard number > 0, number < 1 << 29, let wire = Wire(rawValue: Int(key & 7)) else {
      throw bytes.fault("a field has the number \(number) and the wire type \(key & 7)")
    }
    return Field(number: number, wire: wire)
  }

  /// Passes over a value.
  mutating func skip(_ field: Field) throws(FormatFault) {
    switch field.wire {
    case .varint: _ = try bytes.varint()
    case .fixed64: try bytes.skip(8)
    case .fixed32: try bytes.skip(4)
    case .bytes: _ = try contents()
    }
  }

  private func expect(_ field: Field, _ wire: Wire) throws(FormatFault) {
    guard field.wire == wire else {
      throw bytes.fault("field \(field.number) has the wire type \(field.wire.rawValue)")
    }
  }

  private mutating func contents() throws(FormatFault) -> UnsafeRawBufferPointer {
    let count = try bytes.varint()
    guard count <= UInt64(bytes.left) else {
      throw bytes.fault("\(count) bytes are needed here, and \(bytes.left) are left")
    }
    return try bytes.take(Int(count))
  }

  mutating func data(_ field: Field) throws(FormatFault) -> UnsafeRawBufferPointer {
    try expect(field, .bytes)
    return try contents()
  }

  /// A message within this one.
  mutating func message(_ field: Field) throws(FormatFault) -> ProtobufReader {
    let data = try data(field)
    return ProtobufReader(ByteReader(data, fileOffset: bytes.offset - data.count))
  }

  /// A text, with U+FFFD where it is not UTF-8.
  mutating func text(_ field: Field) throws(FormatFault) -> String {
    String(decoding: try data(field), as: UTF8.self)
  }

  /// An `int64`, `int32`, `bool` or enumeration.
  mutating func integer(_ field: Field) throws(FormatFault) -> Int {
    try expect(field, .varint)
    return Int(truncatingIfNeeded: try bytes.varint())
  }

  mutating func double(_ field: Field) throws(FormatFault) -> Double {
    try expect(field, .fixed64)
    return Double(bitPattern: try bytes.integer(UInt64.self))
  }

  mutating func float(_ field: Field) throws(FormatFault) -> Float {
    try expect(field, .fixed32)
    return Float(bitPattern: try bytes.integer(UInt32.self))
  }
}
