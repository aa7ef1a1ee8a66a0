/// Collects which rows have a value; costs nothing until the first null.
@usableFromInline
package struct ValidityBuilder: ~Copyable {
  @usableFromInline var words = GrowableBuffer<UInt64>()
  @usableFromInline var hasNulls = false
  @usableFromInline package internal(set) var count = 0

  package init() {}

  /// Notes that the next `more` rows have values.
  @inlinable package mutating func appendValid(_ more: Int = 1) {
    if hasNulls { appendBits(true, more) }
    count += more
  }

  /// Adds nulls.
  package mutating func appendNull(_ more: Int = 1) {
    if !hasNulls {
      hasNulls = true
      let filled = count
      count = 0
      appendBits(true, filled)
      count = filled
    }
    appendBits(false, more)
    count += more
  }

  @usableFromInline mutating func appendBits(_ bit: Bool, _ more: Int) {
    for row in count..<(count + more) {
      if row & 63 == 0 { words.append(0) }
      if bit { words[row >> 6] |= 1 << UInt64(row & 63) }
    }
  }

  /// The bitmap, or nil when every row has a value.
  package consuming func finish() -> Bitmap? {
    let count = count
    guard hasNulls else { return nil }
    let values = words.finish()
    return Bitmap(words: values.buffer, count: count)
  }
}
