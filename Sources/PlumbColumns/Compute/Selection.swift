import CProcessor

/// The rows at which a bool column is true, and how many are null.
///
/// `base` is added to each position.
package func selectedRows(
  _ mask: Column, base: UInt32 = 0
) -> (rows: Values<UInt32>, nullCount: Int) {
  let count = mask.count
  guard case .bool(let values) = mask.storage else {
    guard case .constant(.bool(true)) = mask.storage else {
      return (Values(Buffer<UInt32>(count: 0)), mask.nullCount)
    }
    let all = Buffer<UInt32>(count: count)
    for row in 0..<count { all.base[row] = base &+ UInt32(truncatingIfNeeded: row) }
    return (Values(all), 0)
  }
  let result = Buffer<UInt32>(count: count + positionsAtOnce)
  var nullCount = 0
  let found = collectRows(values, mask.validity, base, result.base, &nullCount)
  return (Values(result, offset: 0, count: found), nullCount)
}

/// The number of rows at which a bool column is true.
package func trueCount(_ mask: Column) -> Int {
  guard case .bool(let values) = mask.storage else {
    if case .constant(.bool(true)) = mask.storage { return mask.count }
    return 0
  }
  let source = values.pointer
  if let validity = mask.validity {
    var total = 0
    var row = 0
    while row < mask.count {
      total += (packedBits(source + row, mask.count - row) & validity.word(at: row)).nonzeroBitCount
      row += 64
    }
    return total
  }
  let total = byteSum(source, mask.count)
  withExtendedLifetime(values) {}
  return total
}

/// The sum of bytes that are each 0 or 1: eight at a time, in lanes of eight bits that are
/// emptied before they can overflow.
private func byteSum(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
  let raw = UnsafeRawPointer(bytes)
  var total = 0
  var row = 0
  while row &+ 8 <= count {
    let end = Swift.min(count, row &+ 255 &* 8)
    var lanes: UInt64 = 0
    while row &+ 8 <= end {
      lanes &+= raw.loadUnaligned(fromByteOffset: row, as: UInt64.self)
      row &+= 8
    }
    // Lanes of 16 bits, so that their sum does not overflow either.
    let pairs = (lanes & 0x00FF_00FF_00FF_00FF) &+ (lanes >> 8 & 0x00FF_00FF_00FF_00FF)
    total &+= Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
  }
  while row < count {
    total &+= Int(bytes[row])
    row &+= 1
  }
  return total
}

/// Positions that are written at a time, some of them for nothing.
private let positionsAtOnce = 6

/// `target` has room for as many positions more than there are rows.
private func collectRows(
  _ values: Values<UInt8>, _ validity: Bitmap?, _ base: UInt32,
  _ target: UnsafeMutablePointer<UInt32>, _ nullCount: inout Int
) -> Int {
  let source = values.pointer
  let count = values.count
  var found = 0
  var row = 0
  while row < count {
    var bits = packedBits(source + row, count &- row)
    if let validity {
      let present = validity.word(at: row)
      nullCount &+= Swift.min(64, count &- row) &- present.nonzeroBitCount
      bits &= present
    }
    let first = base &+ UInt32(truncatingIfNeeded: row)
    if bits == ~0 {
      for bit in 0..<64 { target[found &+ bit] = first &+ UInt32(truncatingIfNeeded: bit) }
      found &+= 64
    } else {
      // The first few are written without a look at how many there are, which cannot be foretold.
      let end = found &+ bits.nonzeroBitCount
      repeat {
        for place in 0..<positionsAtOnce {
          target[found &+ place] = first &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
          bits &= bits &- 1
        }
        found &+= positionsAtOnce
      } while found < end
      found = end
    }
    row &+= 64
  }
  withExtendedLifetime(values) {}
  return found
}

/// Up to 64 bytes as bits, 0 where the byte is 0; bits past `count` are 0.
package func packedBits(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
  if count >= 64 { return processor_bits_of_bytes(bytes) }
  var bits: UInt64 = 0
  for index in 0..<count where bytes[index] != 0 { bits |= 1 << UInt64(index) }
  return bits
}
