import PlumbColumns

/// Reads integers that are stored as differences in blocks (DELTA_BINARY_PACKED).
///
/// Arithmetic wraps around, as the format demands. The memory after the bytes must be readable.
struct DeltaReader {
  private(set) var bytes: ByteReader
  /// All integers that are stored.
  let count: Int
  private let blockSize: Int
  private let miniblockCount: Int
  private var value: Int

  /// Blocks that hold more are of no known writer; a bound of what few bytes may stand for.
  private static let maximumBlockSize = 1 << 16

  init(_ bytes: ByteReader) throws(FormatFault) {
    var bytes = bytes
    blockSize = Int(clamping: try bytes.varint())
    miniblockCount = Int(clamping: try bytes.varint())
    count = Int(clamping: try bytes.varint())
    value = try bytes.zigzag()
    guard blockSize > 0, blockSize <= Self.maximumBlockSize, miniblockCount > 0,
      blockSize % miniblockCount == 0, blockSize / miniblockCount % 8 == 0
    else { throw bytes.fault("blocks of \(blockSize) differences in \(miniblockCount) parts") }
    guard count <= Int(Int32.max) else { throw bytes.fault("\(count) integers are too many") }
    self.bytes = bytes
  }

  /// Writes all integers. `target` must have room for `count`.
  mutating func read(into target: UnsafeMutablePointer<Int>) throws(FormatFault) {
    guard count > 0 else { return }
    target[0] = value
    var done = 1
    let size = blockSize / miniblockCount
    while done < count {
      let least = try bytes.zigzag()
      let widths = try bytes.take(miniblockCount)
      for width in widths {
        // Parts that are not needed any more have no bytes.
        guard done < count else { break }
        let width = Int(width)
        guard width <= 64 else { throw bytes.fault("differences of \(width) bits are too wide") }
        let now = min(size, count - done)
        // Some writers leave out what the last part does not need.
        let packed = try bytes.take(min(size * width / 8, bytes.left))
        guard packed.count * 8 >= now * width else { throw bytes.fault("differences are missing") }
        var current = value
        var place = target + done
        if let start = packed.baseAddress {
          BitPacked.forEach(start, bitWidth: width, count: now) { difference in
            current = current &+ least &+ Int(bitPattern: UInt(difference))
            place.pointee = current
            place += 1
          }
        } else {
          for _ in 0..<now {
            current = current &+ least
            place.pointee = current
            place += 1
          }
        }
        value = current
        done += now
      }
    }
  }
}
