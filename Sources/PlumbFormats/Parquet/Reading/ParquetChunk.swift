import PlumbColumns

/// The values of a stored column in one row group, decoded.
struct ParquetChunk: Sendable {
  /// Of a column outside of lists, a value or null for each row; of one within lists, the values
  /// alone.
  let column: Column
  /// Whether a value that need not be text is none.
  let hasInvalidText: Bool
  /// Of a column within lists: for each slot how much of its path is there, and at which list it
  /// begins another element.
  let levels: Levels?

  struct Levels: Sendable {
    let definition: Values<UInt8>
    let repetition: Values<UInt8>
  }
}

extension ParquetMetadata.ColumnChunk {
  /// Whether its bytes can stand for its values without long runs. A chunk that says more is
  /// looked through before memory is taken for its values.
  var isPlausible: Bool { valueCount / 256 <= compressedBytes }
}

/// Reads a column chunk page by page.
struct ParquetChunkReader {
  private let leaf: ParquetLeaf
  private let chunk: ParquetMetadata.ColumnChunk
  private let rowCount: Int
  private let block: ByteBlock
  private let codec: CompressionCodec
  private let control: RunControl

  init(
    _ file: OpenFile, leaf: ParquetLeaf, chunk: ParquetMetadata.ColumnChunk, rowCount: Int,
    control: RunControl
  ) throws(FormatFault) {
    self.leaf = leaf
    self.chunk = chunk
    self.rowCount = rowCount
    self.control = control
    codec = try Self.codec(chunk.codec, leaf, at: chunk.dataOffset)
    block = try file.read(chunk.byteRange)
  }

  private static func codec(
    _ number: Int, _ leaf: ParquetLeaf, at offset: Int
  ) throws(FormatFault) -> CompressionCodec {
    switch number {
    case 0: return .none
    case 1: return .snappy
    case 2: return .gzip
    case 4: return .brotli
    case 5: return .lz4Hadoop
    case 6: return .zstd
    case 7: return .lz4Block
    default:
      throw FormatFault(
        "the column `\(leaf.path)` has the compression \(number == 3 ? "LZO" : "number \(number)")",
        at: offset, isUnsupported: true)
    }
  }

  /// Runs `body` for each page until as many values as the chunk has were seen.
  private func forEachPage(
    _ body: (ParquetPage, _ firstValue: Int) throws(FormatFault) -> Void
  ) throws(FormatFault) {
    var offset = 0
    var seen = 0
    while seen < chunk.valueCount {
      try control.checkFormat()
      guard offset < block.count else {
        throw FormatFault(
          "the column `\(leaf.path)` ends after \(seen) of \(chunk.valueCount) values",
          at: block.fileOffset + offset)
      }
      guard let page = try ParquetPage(block, at: &offset, leaf: leaf, codec: codec) else {
        continue
      }
      let isData: Bool =
        switch page.header.kind {
        case .data, .dataVersion2: true
        case .dictionary, .other: false
        }
      guard !isData || page.header.valueCount <= chunk.valueCount - seen else {
        throw FormatFault(
          "the column `\(leaf.path)` has more than its \(chunk.valueCount) values",
          at: block.fileOffset + offset)
      }
      try body(page, seen)
      if isData { seen += page.header.valueCount }
    }
  }

  /// Decodes all pages, into `target` if there is one.
  func read(into target: ParquetTarget?) throws(FormatFault) -> ParquetChunk {
    guard leaf.repetition > 0 || chunk.valueCount == rowCount else {
      throw FormatFault(
        "the column `\(leaf.path)` has \(chunk.valueCount) values in \(rowCount) rows",
        at: block.fileOffset)
    }
    if !chunk.isPlausible { try checkCounts() }
    if target == nil {
      do { try control.reserve(chunk.valueCount * 8) } catch { throw FormatFault(error) }
    }
    let filling = ParquetFilling(leaf, capacity: chunk.valueCount, target: target)
    try forEachPage { (page, first) throws(FormatFault) in
      try filling.add(page, at: first)
    }
    if leaf.repetition > 0 { try filling.checkRows(rowCount, at: block.fileOffset) }
    return filling.finish()
  }

  /// Checks that each page encodes as many levels and values as it says.
  private func checkCounts() throws(FormatFault) {
    try forEachPage { (page, _) throws(FormatFault) in
      let count = page.header.valueCount
      switch page.header.kind {
      case .dictionary, .other: return
      case .data, .dataVersion2: break
      }
      for levels in [page.repetition, page.definition] {
        guard let levels, !levels.isBitPacked else { continue }
        var runs = try RunLengthReader(
          levels.bytes, bitWidth: BitPacked.width(of: levels.greatest))
        try runs.skip(count)
      }
      guard page.definition == nil else { return }
      var values = page.values
      switch ParquetEncoding(page.header.encoding) {
      case .dictionary?:
        let bitWidth = Int(try values.byte())
        var runs = try RunLengthReader(values, bitWidth: bitWidth)
        try runs.skip(count)
      case .runLength?:
        try values.skip(4)
        var runs = try RunLengthReader(values, bitWidth: 1)
        try runs.skip(count)
      default:
        // A difference of no bits is the least that a value takes, in blocks of 64 Ki.
        guard count / (1 << 16) <= values.left else {
          throw values.fault("\(values.left) bytes cannot hold \(count) values")
        }
      }
    }
  }
}
