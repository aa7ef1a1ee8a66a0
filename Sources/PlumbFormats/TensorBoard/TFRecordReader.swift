import PlumbColumns

/// Reads the records of a TFRecord file: a length, its check, the bytes, their check.
///
/// The file is read in windows of a few megabytes; a longer record gets a window of its own.
struct TFRecordReader {
  private let file: OpenFile
  private let byteCount: Int
  private var window = ByteBlock(Buffer(count: ByteBlock.padding), count: 0, fileOffset: 0)
  /// Where the next record begins.
  private(set) var offset = 0

  private static let windowBytes = 4 << 20
  /// The length and its check.
  private static let headBytes = 12
  /// The check of the bytes.
  private static let tailBytes = 4

  init(_ file: OpenFile, byteCount: Int) {
    self.file = file
    self.byteCount = byteCount
  }

  /// Whether the bytes that are left are less than a record, as they are while one is written or
  /// after its writer was killed.
  private(set) var isCutOff = false

  /// The bytes of the next record, valid until the one after it is read; nil at the end of the
  /// file, or where it is cut off.
  mutating func next(_ control: RunControl) throws(FormatFault) -> ByteReader? {
    let left = byteCount - offset
    guard left > 0 else { return nil }
    guard left >= Self.headBytes else { return cutOff() }
    var head = try reader(Self.headBytes, control)
    let lengthBytes = try head.take(8)
    let check = try head.integer(UInt32.self)
    guard CRC32C.masked(lengthBytes) == check else {
      throw FormatFault("the checksum of a record's length does not fit", at: offset)
    }
    let length = UInt64(littleEndian: lengthBytes.loadUnaligned(as: UInt64.self))
    let room = left - Self.headBytes - Self.tailBytes
    guard room >= 0, length <= UInt64(room) else { return cutOff() }
    let count = Int(length)
    var record = try reader(Self.headBytes + count + Self.tailBytes, control)
    try record.skip(Self.headBytes)
    let start = record.offset
    let bytes = try record.take(count)
    guard CRC32C.masked(bytes) == (try record.integer(UInt32.self)) else {
      throw FormatFault("the checksum of a record does not fit", at: offset)
    }
    offset += Self.headBytes + count + Self.tailBytes
    return ByteReader(bytes, fileOffset: start)
  }

  private mutating func cutOff() -> ByteReader? {
    isCutOff = true
    return nil
  }

  /// A reader of so many bytes from `offset` on, which are in the file.
  private mutating func reader(
    _ count: Int, _ control: RunControl
  ) throws(FormatFault) -> ByteReader {
    let end = window.fileOffset + window.count
    if offset < window.fileOffset || offset + count > end {
      try control.checkFormat()
      let size = min(max(count, Self.windowBytes), byteCount - offset)
      do { try control.reserve(size) } catch { throw FormatFault(error) }
      window = try file.read(offset..<(offset + size))
    }
    let start = offset - window.fileOffset
    return ByteReader(
      UnsafeRawBufferPointer(rebasing: window.bytes[start..<(start + count)]), fileOffset: offset)
  }
}
