/// Bytes of text that grow while they are written: what formatting appends to.
///
/// Unlike `[UInt8]` there is no uniqueness check per byte, and the memory is used again after
/// `removeAll`.
package struct TextBuffer: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  /// The bytes written so far.
  package private(set) var count: Int

  package init(capacity: Int = 256) {
    self.capacity = Swift.max(capacity, 64)
    base = .allocate(capacity: self.capacity)
    count = 0
  }

  deinit { base.deallocate() }

  /// The bytes; invalid after the next change.
  package var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base, count: count)
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Empties the buffer, whose memory stays.
  package mutating func removeAll() { count = 0 }

  /// Forgets what was written after the first `count` bytes.
  package mutating func truncate(to count: Int) { self.count = Swift.min(count, self.count) }

  /// Makes room for `more` bytes.
  package mutating func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    let larger = Swift.max(capacity * 2, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }

  /// Appends a byte.
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count &+= 1
  }

  /// Appends a byte several times.
  package mutating func append(repeating byte: UInt8, count more: Int) {
    guard more > 0 else { return }
    reserve(more)
    (base + count).update(repeating: byte, count: more)
    count += more
  }

  /// Appends bytes.
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    reserve(bytes.count)
    (base + count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  /// Appends a text as UTF-8.
  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends a text that is known when the program is compiled.
  package mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends an integer in decimal.
  package mutating func append(integer: Int) {
    reserve(20)
    var magnitude = integer.magnitude
    if integer < 0 {
      base[count] = 0x2D
      count &+= 1
    }
    var length = 1
    var limit: UInt = 10
    while length < 20, magnitude >= limit {
      length += 1
      if length == 20 { break }
      limit *= 10
    }
    var position = count + length
    count = position
    repeat {
      position &-= 1
      base[position] = 0x30 + UInt8(truncatingIfNeeded: magnitude % 10)
      magnitude /= 10
    } while magnitude > 0
  }

  /// Appends a number that is not negative with at least `width` digits.
  package mutating func append(padded number: Int, width: Int) {
    var limit = 1
    for _ in 1..<Swift.max(width, 1) {
      limit *= 10
      if number < limit { append(0x30) }
    }
    append(integer: number)
  }
}
