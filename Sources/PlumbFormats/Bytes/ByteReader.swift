/// Reads bytes from front to back and never beyond their end.
struct ByteReader {
  private let base: UnsafeRawPointer?
  private(set) var position = 0
  let count: Int
  /// Where the first byte lies in its file, for errors.
  let fileOffset: Int

  init(_ bytes: UnsafeRawBufferPointer, fileOffset: Int) {
    base = bytes.baseAddress
    count = bytes.count
    self.fileOffset = fileOffset
  }

  var left: Int { count - position }
  /// The place of the next byte in the file.
  var offset: Int { fileOffset + position }

  func fault(_ message: String) -> FormatFault { FormatFault(message, at: offset) }

  private mutating func advance(_ more: Int) throws(FormatFault) -> UnsafeRawPointer {
    guard more >= 0, more <= left, let base else {
      throw fault("\(more) bytes are needed here, and \(left) are left")
    }
    defer { position += more }
    return base + position
  }

  mutating func byte() throws(FormatFault) -> UInt8 {
    try advance(1).load(as: UInt8.self)
  }

  /// The next `count` bytes, which stay where they are.
  mutating func take(_ count: Int) throws(FormatFault) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: try advance(count), count: count)
  }

  /// All bytes that are left.
  mutating func takeRest() -> UnsafeRawBufferPointer {
    defer { position = count }
    return UnsafeRawBufferPointer(start: base.map { $0 + position }, count: left)
  }

  mutating func skip(_ count: Int) throws(FormatFault) { _ = try advance(count) }

  /// A little-endian integer of fixed width.
  mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type
  ) throws(FormatFault) -> Integer {
    Integer(littleEndian: try advance(MemoryLayout<Integer>.size).loadUnaligned(as: type))
  }

  /// An unsigned integer in groups of seven bits, least first (LEB128).
  mutating func varint() throws(FormatFault) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      guard shift < 63 || (shift == 63 && next <= 1) else {
        throw fault("an integer has more than 64 bits")
      }
      result |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return result }
      shift += 7
    }
  }

  /// A signed integer whose sign is in the lowest bit.
  mutating func zigzag() throws(FormatFault) -> Int {
    let raw = try varint()
    return Int(bitPattern: UInt(raw >> 1)) ^ -Int(raw & 1)
  }
}
