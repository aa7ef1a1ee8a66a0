/// Reads structures in Apache Thrift's compact protocol ("Thrift Compact protocol encoding",
/// doc/specs/thrift-compact-protocol.md of the Thrift repository).
struct ThriftReader {
  var bytes: ByteReader
  private var depth = 0

  /// The type of a field or of a list's elements. Bools of fields are in their type.
  enum FieldType: UInt8 {
    case boolTrue = 1
    case boolFalse = 2
    case byte, int16, int32, int64, double, binary, list, set, map, structure
  }

  struct Field {
    let id: Int
    let type: FieldType
  }

  /// Structures within structures, deeper than any format has them.
  private static let maximumDepth = 32

  init(_ bytes: ByteReader) { self.bytes = bytes }

  /// The next field of the structure that is being read; nil at its end. `last` is the number of
  /// the field before, 0 at first.
  mutating func nextField(after last: inout Int) throws(FormatFault) -> Field? {
    let header = try bytes.byte()
    if header == 0 { return nil }
    guard let type = FieldType(rawValue: header & 0x0F) else {
      throw bytes.fault("a field has the unknown type \(header & 0x0F)")
    }
    let step = Int(header >> 4)
    let id = step == 0 ? try bytes.zigzag() : last + step
    guard id >= 0, id <= Int(Int16.max) else { throw bytes.fault("a field has the number \(id)") }
    last = id
    return Field(id: id, type: type)
  }

  private func wrongType(_ field: Field) -> FormatFault {
    bytes.fault("field \(field.id) has another type than it should")
  }

  mutating func bool(_ field: Field) throws(FormatFault) -> Bool {
    switch field.type {
    case .boolTrue: return true
    case .boolFalse: return false
    default: throw wrongType(field)
    }
  }

  mutating func integer(_ field: Field) throws(FormatFault) -> Int {
    switch field.type {
    case .byte: return Int(Int8(bitPattern: try bytes.byte()))
    case .int16, .int32, .int64: return try bytes.zigzag()
    default: throw wrongType(field)
    }
  }

  /// An integer that counts or places something, and so is not negative.
  mutating func count(_ field: Field) throws(FormatFault) -> Int {
    let value = try integer(field)
    guard value >= 0 else { throw bytes.fault("a count or an offset is \(value)") }
    return value
  }

  mutating func binary(_ field: Field) throws(FormatFault) -> UnsafeRawBufferPointer {
    guard field.type == .binary else { throw wrongType(field) }
    return try binary()
  }

  private mutating func binary() throws(FormatFault) -> UnsafeRawBufferPointer {
    let count = try bytes.varint()
    return try bytes.take(Int(clamping: count))
  }

  mutating func text(_ field: Field) throws(FormatFault) -> String {
    String(decoding: try binary(field), as: UTF8.self)
  }

  /// Begins a list whose elements have the given type; gives their number, each of which takes a
  /// byte at least.
  mutating func list(_ field: Field, of type: FieldType) throws(FormatFault) -> Int {
    guard field.type == .list else { throw wrongType(field) }
    let (count, found) = try listHeader()
    guard found == type || count == 0 else { throw wrongType(field) }
    return count
  }

  private mutating func listHeader() throws(FormatFault) -> (count: Int, type: FieldType) {
    let header = try bytes.byte()
    let count = header >> 4 == 15 ? Int(clamping: try bytes.varint()) : Int(header >> 4)
    // Of an empty list some writers do not say what its elements would be.
    guard let type = count == 0 ? .boolTrue : FieldType(rawValue: header & 0x0F) else {
      throw bytes.fault("a list has elements of the unknown type \(header & 0x0F)")
    }
    guard count <= bytes.left else {
      throw bytes.fault("a list of \(count) elements does not fit into \(bytes.left) bytes")
    }
    return (count, type)
  }

  /// An integer that is an element of a list.
  mutating func element() throws(FormatFault) -> Int { try bytes.zigzag() }

  /// Begins a structure that is a field or an element of a list; `leave` ends it.
  mutating func enter() throws(FormatFault) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw bytes.fault("structures are nested too deep") }
  }

  mutating func leave() { depth -= 1 }

  mutating func skip(_ field: Field) throws(FormatFault) { try skip(field.type, inList: false) }

  private mutating func skip(_ type: FieldType, inList: Bool) throws(FormatFault) {
    switch type {
    case .boolTrue, .boolFalse: if inList { try bytes.skip(1) }
    case .byte: try bytes.skip(1)
    case .int16, .int32, .int64: _ = try bytes.varint()
    case .double: try bytes.skip(8)
    case .binary: _ = try binary()
    case .list, .set:
      try enter()
      let (count, element) = try listHeader()
      for _ in 0..<count { try skip(element, inList: true) }
      leave()
    case .map:
      try enter()
      let count = Int(clamping: try bytes.varint())
      if count > 0 {
        let types = try bytes.byte()
        guard let key = FieldType(rawValue: types >> 4), let value = FieldType(rawValue: types & 15)
        else { throw bytes.fault("a map has an unknown type") }
        guard count <= bytes.left else { throw bytes.fault("a map is larger than its file") }
        for _ in 0..<count {
          try skip(key, inList: true)
          try skip(value, inList: true)
        }
      }
      leave()
    case .structure:
      try enter()
      var last = 0
      while let field = try nextField(after: &last) { try skip(field) }
      leave()
    }
  }
}
