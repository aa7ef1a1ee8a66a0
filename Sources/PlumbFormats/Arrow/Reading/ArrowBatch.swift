import PlumbColumns

/// The buffers of a record batch, taken one after the other as the schema asks for them.
struct ArrowBatch {
  let length: Int
  private let table: FlatTable
  private let nodes: FlatTable.Vector
  private let buffers: FlatTable.Vector
  private let viewCounts: FlatTable.Vector
  private let body: UnsafeRawBufferPointer
  private let bodyOffset: Int
  private let codec: CompressionCodec
  private var nextNode = 0
  private var nextBuffer = 0
  private var nextViewCount = 0

  init(_ table: FlatTable, _ message: ArrowMessage) throws(FormatFault) {
    self.table = table
    let length = try table.integer(0, Int64.self)
    guard length >= 0, length <= ParquetFile.maximumRows else {
      throw table.fault("a batch has \(length) rows")
    }
    self.length = Int(length)
    nodes = try table.vector(1, size: 16)
    buffers = try table.vector(2, size: 16)
    viewCounts = try table.vector(4, size: 8)
    body = message.body
    bodyOffset = message.bodyOffset
    if let compression = try table.table(3) {
      switch try compression.integer(0, Int8.self) {
      case 0: codec = .lz4Frame
      case 1: codec = .zstd
      case let other: throw compression.fault("compression number \(other)", isUnsupported: true)
      }
    } else {
      codec = .none
    }
  }

  func fault(_ message: String) -> FormatFault { table.fault(message) }

  /// The number of values and of nulls of the next column.
  mutating func node() throws(FormatFault) -> (count: Int, nullCount: Int) {
    guard nextNode < nodes.count else { throw fault("a batch has too few columns") }
    let count = try table.element(nodes, nextNode, size: 16, Int64.self)
    let nulls = try table.element(nodes, nextNode, size: 16, byte: 8, Int64.self)
    nextNode += 1
    guard count >= 0, count <= ParquetFile.maximumRows, nulls >= 0, nulls <= count else {
      throw fault("a column of a batch has \(count) values and \(nulls) nulls")
    }
    return (Int(count), Int(nulls))
  }

  /// The bytes of the next buffer.
  mutating func buffer() throws(FormatFault) -> ByteBlock {
    guard nextBuffer < buffers.count else { throw fault("a batch has too few buffers") }
    let offset = try table.element(buffers, nextBuffer, size: 16, Int64.self)
    let length = try table.element(buffers, nextBuffer, size: 16, byte: 8, Int64.self)
    nextBuffer += 1
    guard length >= 0, offset >= 0, length <= body.count, offset <= body.count - Int(length) else {
      throw fault("a buffer of \(length) bytes at \(offset) lies outside of its message")
    }
    let bytes = UnsafeRawBufferPointer(rebasing: body[Int(offset)..<Int(offset + length)])
    let place = bodyOffset + Int(offset)
    if case .none = codec { return ByteBlock(copying: bytes, fileOffset: place) }
    guard bytes.count > 0 else { return ByteBlock(copying: bytes, fileOffset: place) }
    var reader = ByteReader(bytes, fileOffset: place)
    let size = try reader.integer(Int64.self)
    let rest = reader.takeRest()
    if size == -1 { return ByteBlock(copying: rest, fileOffset: place) }
    guard size >= 0 else { throw fault("a buffer has \(size) bytes") }
    return try codec.decompress(rest, byteCount: Int(size), fileOffset: place)
  }

  /// How many blocks the texts of the next column of views lie in.
  mutating func viewCount() throws(FormatFault) -> Int {
    guard nextViewCount < viewCounts.count else { throw fault("a batch has too few blocks") }
    let count = try table.element(viewCounts, nextViewCount, size: 8, Int64.self)
    nextViewCount += 1
    guard count >= 0, count <= buffers.count - nextBuffer else {
      throw fault("a column has \(count) blocks of text")
    }
    return Int(count)
  }
}

extension ByteBlock {
  /// A copy of bytes, with room to read past them.
  init(copying bytes: UnsafeRawBufferPointer, fileOffset: Int) {
    let buffer = Buffer<UInt8>(count: bytes.count + Self.padding)
    UnsafeMutableRawPointer(buffer.base).copyMemory(
      from: bytes.baseAddress ?? UnsafeRawPointer(buffer.base), byteCount: bytes.count)
    self.init(buffer, count: bytes.count, fileOffset: fileOffset)
  }
}
