import CZstd

/// Makes bytes fewer with zstd (RFC 8878).
enum ZstdCompression {
  /// zstd's own default: a tenth slower than level 1 on metric history, and a tenth smaller.
  private static let level: Int32 = 3

  static func compressed(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let bound = ZSTD_compressBound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      let written = ZSTD_compress(
        target.baseAddress, target.count, bytes.baseAddress, bytes.count, level)
      // It fails only where the target is too small, and this one has the bound.
      count = ZSTD_isError(written) == 0 ? written : 0
    }
  }
}
