/// The cyclic redundancy check of Castagnoli's polynomial (RFC 3720, appendix B.4), eight bytes at
/// a time through eight tables.
package enum CRC32C {
  /// `tables[256 * k + b]` is the check of the byte `b` with `k` zero bytes behind it.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
      tables[byte] = value
    }
    for index in 256..<tables.count {
      let previous = tables[index - 256]
      tables[index] = previous >> 8 ^ tables[Int(previous & 0xFF)]
    }
    return tables
  }()

  /// The check of some bytes.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard let base = bytes.baseAddress else { return 0 }
    return tables.withUnsafeBufferPointer { tables in
      var crc = UInt32.max
      var position = 0
      while position &+ 8 <= bytes.count {
        let word = UInt64(
          littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        let mixed = word ^ UInt64(crc)
        crc = 0
        for byte in 0..<8 {
          let value = Int(truncatingIfNeeded: mixed >> UInt64(8 &* byte) & 0xFF)
          crc ^= tables[256 &* (7 &- byte) &+ value]
        }
        position &+= 8
      }
      while position < bytes.count {
        let byte = base.load(fromByteOffset: position, as: UInt8.self)
        crc = crc >> 8 ^ tables[Int((crc ^ UInt32(byte)) & 0xFF)]
        position &+= 1
      }
      return ~crc
    }
  }

  /// The check as TFRecord files have it: turned and shifted, so that a file that holds checks has
  /// other checks than these.
  package static func masked(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let crc = of(bytes)
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }
}
