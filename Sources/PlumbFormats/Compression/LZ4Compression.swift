import CLZ4

/// Makes bytes fewer with frames of LZ4.
enum LZ4Compression {
  /// The frame; empty if it could not be made.
  static func compressed(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let bound = LZ4F_compressFrameBound(bytes.count, nil)
    return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      let written = LZ4F_compressFrame(
        target.baseAddress, target.count, bytes.baseAddress, bytes.count, nil)
      count = LZ4F_isError(written) == 0 ? written : 0
    }
  }
}
