import CZlib
import PlumbColumns

/// A page of a column chunk with its levels and values apart, decompressed.
struct ParquetPage {
  let header: ParquetPageHeader
  /// Keeps the bytes of the readers.
  private let blocks: [ByteBlock]
  /// Levels in the hybrid encoding, or bit-packed as files of before 2014 have them; nil where
  /// all values have the same level.
  let repetition: Levels?
  let definition: Levels?
  let values: ByteReader

  struct Levels {
    let bytes: ByteReader
    let greatest: Int
    let isBitPacked: Bool
  }

  /// Takes the page that begins at `offset` of a chunk; moves the offset behind it.
  init?(
    _ chunk: ByteBlock, at offset: inout Int, leaf: ParquetLeaf, codec: CompressionCodec
  ) throws(FormatFault) {
    let rest = UnsafeRawBufferPointer(rebasing: chunk.bytes[offset...])
    var thrift = ThriftReader(ByteReader(rest, fileOffset: chunk.fileOffset + offset))
    header = try ParquetPageHeader(&thrift)
    var bytes = thrift.bytes
    let start = bytes.offset
    let stored = try bytes.take(header.compressedBytes)
    offset += bytes.position
    if let checksum = header.checksum, checksum != Self.crc32(stored) {
      throw FormatFault("the checksum of a page does not fit its bytes", at: start)
    }
    switch header.kind {
    case .other: return nil
    case .dictionary:
      let block = try codec.decompress(stored, byteCount: header.byteCount, fileOffset: start)
      (blocks, repetition, definition, values) = ([block], nil, nil, block.reader)
    case .data:
      let block: ByteBlock?
      var reader: ByteReader
      if case .none = codec {
        guard header.byteCount == stored.count else {
          throw FormatFault("a page that is not compressed has two sizes", at: start)
        }
        (block, reader) = (nil, ByteReader(stored, fileOffset: start))
      } else {
        let made = try codec.decompress(stored, byteCount: header.byteCount, fileOffset: start)
        (block, reader) = (made, made.reader)
      }
      repetition = try Self.levels(
        &reader, leaf.repetition, header.repetitionEncoding, header.valueCount)
      definition = try Self.levels(
        &reader, leaf.definition, header.definitionEncoding, header.valueCount)
      blocks = [chunk] + (block.map { [$0] } ?? [])
      values = reader
    case .dataVersion2:
      var reader = ByteReader(stored, fileOffset: start)
      repetition = Self.levels(
        try reader.take(header.repetitionBytes), leaf.repetition, start)
      definition = Self.levels(
        try reader.take(header.definitionBytes), leaf.definition,
        start + header.repetitionBytes)
      let levelBytes = header.repetitionBytes + header.definitionBytes
      guard header.byteCount >= levelBytes else {
        throw FormatFault("a page is smaller than its levels", at: start)
      }
      let valueBytes = header.byteCount - levelBytes
      // A page of nulls alone may have nothing where the compressed values would be.
      if case .none = codec {
        values = reader
        blocks = [chunk]
      } else if !header.isCompressed || reader.left == 0 {
        values = reader
        blocks = [chunk]
      } else {
        let block = try codec.decompress(
          reader.takeRest(), byteCount: valueBytes, fileOffset: start)
        values = block.reader
        blocks = [chunk, block]
      }
    }
  }

  private static func levels(
    _ reader: inout ByteReader, _ greatest: Int, _ encoding: Int, _ count: Int
  ) throws(FormatFault) -> Levels? {
    guard greatest > 0 else { return nil }
    switch ParquetEncoding(encoding) {
    case .runLength?:
      let length = Int(try reader.integer(UInt32.self))
      let offset = reader.offset
      let bytes = ByteReader(try reader.take(length), fileOffset: offset)
      return Levels(bytes: bytes, greatest: greatest, isBitPacked: false)
    case .bitPacked?:
      let width = BitPacked.width(of: greatest)
      let (bits, overflows) = count.multipliedReportingOverflow(by: width)
      guard !overflows else { throw reader.fault("a page has too many levels") }
      let offset = reader.offset
      let bytes = ByteReader(try reader.take(bits / 8 + (bits % 8 > 0 ? 1 : 0)), fileOffset: offset)
      return Levels(bytes: bytes, greatest: greatest, isBitPacked: true)
    default: throw reader.fault("levels have the unknown encoding \(encoding)")
    }
  }

  private static func levels(
    _ bytes: UnsafeRawBufferPointer, _ greatest: Int, _ offset: Int
  ) -> Levels? {
    guard greatest > 0 else { return nil }
    return Levels(
      bytes: ByteReader(bytes, fileOffset: offset), greatest: greatest, isBitPacked: false)
  }

  private static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32_z(
        0, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count))
  }
}

extension ParquetPage.Levels {
  /// Whether all of `count` levels are the greatest, as one run says. Looks at no other kind of
  /// levels.
  func areAllGreatest(_ count: Int) throws(FormatFault) -> Bool {
    guard !isBitPacked else { return false }
    var runs = try RunLengthReader(bytes, bitWidth: BitPacked.width(of: greatest))
    return try runs.skipRun(of: greatest, count: count)
  }

  /// Writes `count` levels, each of which is at most the greatest.
  func read(_ count: Int, into target: UnsafeMutablePointer<UInt8>) throws(FormatFault) {
    if isBitPacked {
      readBitPacked(count, into: target)
    } else {
      var runs = try RunLengthReader(bytes, bitWidth: BitPacked.width(of: greatest))
      try runs.read(count, into: target)
    }
    var highest: UInt8 = 0
    for index in 0..<count { highest = max(highest, target[index]) }
    guard Int(highest) <= greatest else {
      throw bytes.fault("a level is \(highest) and should be at most \(greatest)")
    }
  }

  /// Most significant bit first. The bytes are as many as the levels need.
  private func readBitPacked(_ count: Int, into target: UnsafeMutablePointer<UInt8>) {
    var reader = bytes
    let packed = reader.takeRest()
    let width = BitPacked.width(of: greatest)
    for index in 0..<count {
      var level: UInt8 = 0
      for bit in (index * width)..<((index + 1) * width) {
        level = level << 1 | packed[bit >> 3] >> (7 - UInt8(bit & 7)) & 1
      }
      target[index] = level
    }
  }
}
