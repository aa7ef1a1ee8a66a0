/// A message of the IPC format: what it is, and where its body lies ("Serialization and
/// Interprocess Communication" of the Apache Arrow columnar format).
struct ArrowMessage {
  let kind: Kind
  let header: FlatTable
  let body: UnsafeRawBufferPointer
  let bodyOffset: Int

  enum Kind {
    case schema, dictionaryBatch, recordBatch
  }

  private static let continuation: UInt32 = 0xFFFF_FFFF

  /// The message that begins at the reader's place; nil at the end of a stream.
  init?(_ reader: inout ByteReader) throws(FormatFault) {
    guard reader.left > 0 else { return nil }
    var length = try reader.integer(UInt32.self)
    // Files of before 2019 have the length alone.
    if length == Self.continuation { length = try reader.integer(UInt32.self) }
    if length == 0 { return nil }
    let offset = reader.offset
    let metadata = try reader.take(Int(length))
    let message = try FlatTable(root: metadata, fileOffset: offset)
    guard let header = try message.table(2) else { throw message.fault("a message is empty") }
    self.header = header
    switch try message.integer(1, UInt8.self) {
    case 1: kind = .schema
    case 2: kind = .dictionaryBatch
    case 3: kind = .recordBatch
    case let other: throw message.fault("a message is of the kind \(other)", isUnsupported: true)
    }
    let bodyBytes = try message.integer(3, Int64.self)
    guard bodyBytes >= 0 else { throw message.fault("a body of \(bodyBytes) bytes") }
    bodyOffset = reader.offset
    body = try reader.take(Int(bodyBytes))
  }
}
