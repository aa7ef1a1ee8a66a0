import PlumbColumns

/// Some bytes in memory, with room to read past the end, and their place in a file.
struct ByteBlock: Sendable {
  private let buffer: Buffer<UInt8>
  let count: Int
  /// Where the first byte lies in its file; of decompressed bytes, where the compressed ones do.
  let fileOffset: Int

  /// The bytes after the end that may be read; they are zero.
  static let padding = 16

  /// Takes a buffer that has `padding` bytes more than `count`.
  init(_ buffer: Buffer<UInt8>, count: Int, fileOffset: Int) {
    self.buffer = buffer
    self.count = count
    self.fileOffset = fileOffset
    (buffer.base + count).update(repeating: 0, count: Self.padding)
  }

  /// The bytes; valid while the block is.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer.base, count: count) }

  /// Reads the bytes; the caller keeps the block while it does.
  var reader: ByteReader { ByteReader(bytes, fileOffset: fileOffset) }
}
