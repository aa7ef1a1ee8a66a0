/// Reads small integers that are stored as runs of one value and as bit-packed groups: levels,
/// the places of values in a dictionary, and bools.
///
/// The memory after the bytes must be readable (`ByteBlock.padding`).
struct RunLengthReader {
  private var bytes: ByteReader
  private let bitWidth: Int
  /// The value of the run, or where the packed integers of the group begin.
  private var runValue: UInt32 = 0
  private var packed: UnsafeRawPointer?
  private var packedUsed = 0
  private var left = 0

  init(_ bytes: ByteReader, bitWidth: Int) throws(FormatFault) {
    guard bitWidth <= 32 else { throw bytes.fault("integers of \(bitWidth) bits are too wide") }
    self.bytes = bytes
    self.bitWidth = bitWidth
  }

  /// Begins the next run or group.
  private mutating func beginRun() throws(FormatFault) {
    let header = try bytes.varint()
    let count = header >> 1
    guard count > 0, count <= UInt64(Int32.max) else {
      throw bytes.fault("a run has \(count) values")
    }
    if header & 1 == 0 {
      packed = nil
      left = Int(count)
      runValue = 0
      for byte in 0..<((bitWidth + 7) / 8) {
        runValue |= UInt32(try bytes.byte()) << UInt32(byte * 8)
      }
      return
    }
    // Some writers leave out the end of the last group.
    let byteCount = min(Int(count) * bitWidth, bytes.left)
    left = bitWidth == 0 ? Int(count) * 8 : byteCount * 8 / bitWidth
    guard left > 0 else { throw bytes.fault("a group of values has no bytes") }
    left = min(left, Int(count) * 8)
    packed = try bytes.take(byteCount).baseAddress
    packedUsed = 0
    if packed == nil || bitWidth == 0 {
      packed = nil
      runValue = 0
    }
  }

  /// Writes the next `count` integers.
  @inline(__always)
  mutating func read<Element: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int, into target: UnsafeMutablePointer<Element>
  ) throws(FormatFault) {
    var done = 0
    while done < count {
      if left == 0 { try beginRun() }
      let now = min(left, count &- done)
      if let packed {
        BitPacked.unpack(
          packed, bitWidth: bitWidth, first: packedUsed, count: now, into: target + done)
        packedUsed &+= now
      } else {
        (target + done).update(repeating: Element(truncatingIfNeeded: runValue), count: now)
      }
      done &+= now
      left &-= now
    }
  }

  /// Whether the next `count` integers are one run of the same; passes over them if so.
  mutating func skipRun(of value: Int, count: Int) throws(FormatFault) -> Bool {
    if left == 0, count > 0 { try beginRun() }
    guard count > 0, packed == nil, left >= count, Int(runValue) == value else { return false }
    left -= count
    return true
  }

  /// Passes over `count` integers, which must be there.
  mutating func skip(_ count: Int) throws(FormatFault) {
    var done = 0
    while done < count {
      if left == 0 { try beginRun() }
      let now = min(left, count - done)
      packedUsed += now
      done += now
      left -= now
    }
  }
}
