import CBrotli
import CLZ4
import CSnappy
import CZlib
import CZstd
import Glibc
import PlumbColumns

extension CompressionCodec {
  /// The bytes that `source` stands for, which must be exactly `byteCount`.
  ///
  /// A count that the compressed bytes cannot give is an error before memory is taken for it.
  func decompress(
    _ source: UnsafeRawBufferPointer, byteCount: Int, fileOffset: Int
  ) throws(FormatFault) -> ByteBlock {
    guard byteCount >= 0, byteCount <= greatestByteCount(source) else {
      throw FormatFault(
        "\(source.count) bytes of \(name) cannot hold \(byteCount)", at: fileOffset)
    }
    let buffer = Buffer<UInt8>(count: byteCount + ByteBlock.padding)
    let target = UnsafeMutableRawBufferPointer(start: buffer.base, count: byteCount)
    guard byteCount == 0 && source.isEmpty || decompress(source, into: target) else {
      throw FormatFault("\(name) data does not give its \(byteCount) bytes", at: fileOffset)
    }
    return ByteBlock(buffer, count: byteCount, fileOffset: fileOffset)
  }

  /// More bytes than these cannot come out of the compressed ones.
  private func greatestByteCount(_ source: UnsafeRawBufferPointer) -> Int {
    let count = source.count
    switch self {
    case .none: return count
    // A copy of up to 64 bytes takes two bytes at least.
    case .snappy: return count * 32
    // A match of 258 bytes takes two bits.
    case .gzip: return count * 1032
    // A byte of a length stands for 255.
    case .lz4Block, .lz4Hadoop, .lz4Frame: return count * 256
    // A block of three bytes repeats one 128 Ki times.
    case .zstd: return Self.zstdBlockCount(source) * (128 << 10)
    // There is no bound; what is beyond this has no use in a file of columns.
    case .brotli: return max(count * 1024, 16 << 20)
    }
  }

  /// The blocks of zstd frames, counted by walking their headers (RFC 8878, section 3.1.1).
  private static func zstdBlockCount(_ source: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var reader = ByteReader(source, fileOffset: 0)
    do throws(FormatFault) {
      while reader.left > 0 {
        let magic = try reader.integer(UInt32.self)
        if magic & 0xFFFF_FFF0 == 0x184D_2A50 {
          try reader.skip(Int(try reader.integer(UInt32.self)))
          continue
        }
        guard magic == 0xFD2F_B528 else { break }
        let descriptor = try reader.byte()
        let isSingle = descriptor & 0x20 != 0
        let dictionaryBytes = [0, 1, 2, 4][Int(descriptor & 3)]
        let sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
        try reader.skip((isSingle ? 0 : 1) + dictionaryBytes + sizeBytes)
        var isLast = false
        while !isLast {
          let low = try reader.integer(UInt16.self)
          let header = Int(low) | Int(try reader.byte()) << 16
          isLast = header & 1 != 0
          // A block that repeats a byte has just that one.
          try reader.skip(header >> 1 & 3 == 1 ? 1 : header >> 3)
          count += 1
        }
        if descriptor & 4 != 0 { try reader.skip(4) }
      }
    } catch {
      // Decompression will say what is wrong; what was seen so far bounds it.
    }
    return count
  }

  private func decompress(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    switch self {
    case .none:
      guard source.count == target.count else { return false }
      target.copyMemory(from: source)
      return true
    case .snappy:
      var length = target.count
      return snappy_uncompress(
        source.bindMemory(to: CChar.self).baseAddress, source.count,
        target.bindMemory(to: CChar.self).baseAddress, &length) == SNAPPY_OK
        && length == target.count
    case .gzip: return Self.gunzip(source, into: target)
    case .zstd:
      return ZSTD_decompress(target.baseAddress, target.count, source.baseAddress, source.count)
        == target.count
    case .lz4Block: return Self.lz4(source, into: target) == target.count
    case .lz4Hadoop: return Self.hadoopLZ4(source, into: target)
    case .lz4Frame: return Self.lz4Frame(source, into: target)
    case .brotli:
      var length = target.count
      return BrotliDecoderDecompress(
        source.count, source.bindMemory(to: UInt8.self).baseAddress, &length,
        target.bindMemory(to: UInt8.self).baseAddress) == BROTLI_DECODER_RESULT_SUCCESS
        && length == target.count
    }
  }

  private static func gunzip(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var stream = z_stream()
    // 15 bits of window; 32 takes gzip's and zlib's headers alike.
    guard
      inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return false }
    defer { inflateEnd(&stream) }
    guard let input = source.bindMemory(to: UInt8.self).baseAddress,
      let output = target.bindMemory(to: UInt8.self).baseAddress
    else { return false }
    stream.next_in = UnsafeMutablePointer(mutating: input)
    stream.next_out = output
    var (inputLeft, outputLeft) = (source.count, target.count)
    while true {
      stream.avail_in = UInt32(clamping: inputLeft)
      stream.avail_out = UInt32(clamping: outputLeft)
      let (givenInput, givenOutput) = (Int(stream.avail_in), Int(stream.avail_out))
      let status = inflate(&stream, Z_NO_FLUSH)
      inputLeft -= givenInput - Int(stream.avail_in)
      outputLeft -= givenOutput - Int(stream.avail_out)
      switch status {
      case Z_STREAM_END:
        if outputLeft == 0 { return true }
        // Another member follows.
        guard inputLeft > 0, inflateReset(&stream) == Z_OK else { return false }
      case Z_OK: continue
      default: return false
      }
    }
  }

  private static func lz4(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Int {
    guard let sourceCount = Int32(exactly: source.count),
      let targetCount = Int32(exactly: target.count)
    else { return -1 }
    return Int(
      LZ4_decompress_safe(
        source.bindMemory(to: CChar.self).baseAddress,
        target.bindMemory(to: CChar.self).baseAddress, sourceCount, targetCount))
  }

  /// Blocks with big-endian sizes before them, first the decompressed one. Where these make no
  /// sense it is a frame or a bare block.
  private static func hadoopLZ4(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var reader = ByteReader(source, fileOffset: 0)
    var filled = 0
    do throws(FormatFault) {
      while reader.left > 0 {
        let size = Int(try reader.integer(UInt32.self).byteSwapped)
        let block = try reader.take(
          Int(try reader.integer(UInt32.self).byteSwapped))
        guard size <= target.count - filled else { throw reader.fault("") }
        let room = UnsafeMutableRawBufferPointer(rebasing: target[filled..<(filled + size)])
        guard lz4(block, into: room) == size else { throw reader.fault("") }
        filled += size
      }
      if filled == target.count { return true }
    } catch {
      // It is none of these.
    }
    if lz4Frame(source, into: target) { return true }
    return lz4(source, into: target) == target.count
  }

  private static func lz4Frame(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0 else {
      return false
    }
    defer { LZ4F_freeDecompressionContext(context) }
    var (read, written) = (0, 0)
    while true {
      var (sourceCount, targetCount) = (source.count - read, target.count - written)
      let hint = LZ4F_decompress(
        context, target.baseAddress.map { $0 + written }, &targetCount,
        source.baseAddress.map { $0 + read }, &sourceCount, nil)
      guard LZ4F_isError(hint) == 0 else { return false }
      read += sourceCount
      written += targetCount
      if hint == 0 { return written == target.count }
      guard sourceCount > 0 || targetCount > 0 else { return false }
    }
  }
}
