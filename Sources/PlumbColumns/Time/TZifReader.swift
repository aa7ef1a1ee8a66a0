/// Reads a compiled time zone file (RFC 8536).
struct TZifReader {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private struct Header {
    var version: UInt8
    var utcFlags: Int
    var standardFlags: Int
    var leapSeconds: Int
    var transitions: Int
    var types: Int
    var characters: Int

    func byteCount(timeSize: Int) -> Int {
      transitions * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4)
        + standardFlags + utcFlags
    }
  }

  func read(name: String) -> TimeZoneRules? {
    guard let first = header(at: 0) else { return nil }
    guard first.version >= 0x32 else {
      return zone(name, first, at: 44, timeSize: 4, footerAt: nil)
    }
    let second = 44 + first.byteCount(timeSize: 4)
    guard let wide = header(at: second) else { return nil }
    let data = second + 44
    return zone(
      name, wide, at: data, timeSize: 8, footerAt: data + wide.byteCount(timeSize: 8))
  }

  private func header(at start: Int) -> Header? {
    guard start >= 0, start + 44 <= bytes.count,
      Array(bytes[start..<(start + 4)]) == Array("TZif".utf8)
    else { return nil }
    let counts = (0..<6).map { big(at: start + 20 + $0 * 4, size: 4) }
    guard counts.allSatisfy({ $0 >= 0 && $0 <= bytes.count }), counts[4] > 0 else { return nil }
    return Header(
      version: bytes[start + 4], utcFlags: counts[0], standardFlags: counts[1],
      leapSeconds: counts[2], transitions: counts[3], types: counts[4], characters: counts[5])
  }

  private func zone(
    _ name: String, _ header: Header, at start: Int, timeSize: Int, footerAt: Int?
  ) -> TimeZoneRules? {
    guard start + header.byteCount(timeSize: timeSize) <= bytes.count else { return nil }
    let codes = start + header.transitions * timeSize
    let types = codes + header.transitions
    let offsetOfType = (0..<header.types).map { big(at: types + $0 * 6, size: 4) }
    var transitions: [Int] = []
    var offsets: [Int] = []
    for index in 0..<header.transitions {
      let type = Int(bytes[codes + index])
      guard type < offsetOfType.count else { return nil }
      let time = big(at: start + index * timeSize, size: timeSize)
      if let last = transitions.last, time <= last { return nil }
      transitions.append(time)
      offsets.append(offsetOfType[type])
    }
    return TimeZoneRules(
      name: name, transitions: transitions, offsets: offsets, firstOffset: offsetOfType[0],
      footer: footerAt.flatMap(footer))
  }

  private func footer(at start: Int) -> POSIXTimeZone? {
    guard start < bytes.count, bytes[start] == 0x0A else { return nil }
    let rule = bytes[(start + 1)...].prefix { $0 != 0x0A }
    return POSIXTimeZone(Array(rule))
  }

  /// A signed big-endian integer of 4 or 8 bytes.
  private func big(at position: Int, size: Int) -> Int {
    var value: UInt64 = 0
    for index in 0..<size { value = value << 8 | UInt64(bytes[position + index]) }
    return size == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(truncatingIfNeeded: value)
  }
}
