import Glibc
import PlumbSystem

/// The offsets from UTC of a time zone, now and in history.
///
/// Read from the system's time zone database (RFC 8536, TZif version 2 and later): a list of
/// transitions, then a rule for the time after the last one.
package struct TimeZoneRules: Sendable {
  /// The name as it was asked for, such as `Europe/Berlin`.
  package let name: String
  /// Seconds since 1970 at which an offset begins, ascending.
  let transitions: [Int]
  /// The offset from each transition on, in seconds east of UTC.
  let offsets: [Int]
  /// The offset before the first transition.
  let firstOffset: Int
  let footer: POSIXTimeZone?

  package static let utc = TimeZoneRules(name: "UTC", offset: 0)

  /// A zone with one offset for ever.
  package init(name: String, offset: Int) {
    self.init(name: name, transitions: [], offsets: [], firstOffset: offset, footer: nil)
  }

  init(
    name: String, transitions: [Int], offsets: [Int], firstOffset: Int, footer: POSIXTimeZone?
  ) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.firstOffset = firstOffset
    self.footer = footer
  }

  package var isUTC: Bool { transitions.isEmpty && firstOffset == 0 && footer == nil }

  /// The rules of a zone by its name in the time zone database, `UTC`, `local`, or an offset such
  /// as `+02:00`; nil when there is no such zone.
  package init?(named name: String) {
    if ["UTC", "utc", "Z", "GMT", "Etc/UTC"].contains(name) {
      self.init(name: "UTC", offset: 0)
      return
    }
    if let seconds = Self.fixedOffset(name) {
      self.init(name: name, offset: seconds)
      return
    }
    var path = "/etc/localtime"
    if name != "local" {
      let isPlain = name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F: true
        default: false
        }
      }
      guard isPlain, !name.isEmpty, !name.hasPrefix("/") else { return nil }
      path = "/usr/share/zoneinfo/" + name
    }
    guard let bytes = try? readFile(path, byteLimit: Self.maximumFileBytes),
      let zone = TZifReader(bytes).read(name: name)
    else {
      // A machine without a local zone file keeps UTC.
      guard name == "local" else { return nil }
      self.init(name: "UTC", offset: 0)
      return
    }
    self = zone
  }

  /// The seconds to add to UTC for local time, at a time in microseconds since 1970.
  package func offset(at microseconds: Int) -> Int {
    let seconds = floorDivide(microseconds, 1_000_000)
    return offset(atSecond: seconds)
  }

  private func offset(atSecond seconds: Int) -> Int {
    guard let last = transitions.last, seconds < last else {
      if let footer, transitions.isEmpty || seconds >= (transitions.last ?? 0) {
        return footer.offset(at: seconds)
      }
      return offsets.last ?? firstOffset
    }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? firstOffset : offsets[low - 1]
  }

  /// The local clock as microseconds since 1970-01-01T00:00 local time.
  package func local(_ microseconds: Int) -> Int {
    microseconds &+ offset(at: microseconds) &* 1_000_000
  }

  /// The time at which the local clock shows `local`.
  ///
  /// A time that occurs twice means the first; one that is skipped means as long after the gap's
  /// start as it says.
  package func utc(fromLocal local: Int) -> Int {
    let before = offset(at: local &- 86_400_000_000)
    let candidate = local &- before &* 1_000_000
    if offset(at: candidate) == before { return candidate }
    let after = offset(at: local &+ 86_400_000_000)
    let other = local &- after &* 1_000_000
    return offset(at: other) == after ? other : candidate
  }

  private static func fixedOffset(_ name: String) -> Int? {
    let bytes = Array(name.utf8)
    guard bytes.count == 6 || bytes.count == 3, bytes[0] == 0x2B || bytes[0] == 0x2D else {
      return nil
    }
    func pair(_ index: Int) -> Int? {
      let high = bytes[index] &- 0x30
      let low = bytes[index + 1] &- 0x30
      return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
    }
    guard let hours = pair(1), hours <= 18 else { return nil }
    var minutes = 0
    if bytes.count == 6 {
      guard bytes[3] == 0x3A, let read = pair(4), read < 60 else { return nil }
      minutes = read
    }
    let seconds = hours * 3600 + minutes * 60
    return bytes[0] == 0x2D ? -seconds : seconds
  }

  private static let maximumFileBytes = 1 << 20
}

/// The quotient rounded towards minus infinity; the divisor is positive.
func floorDivide(_ value: Int, _ divisor: Int) -> Int {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
