/// Collects which rows have a value; costs nothing until the first null.
package struct ValidityBuilder: ~Copyable {
  private var words = GrowableBuffer<UInt64>()
  private var hasNulls = false
  package private(set) var count = 0

  package init() {}

  /// Notes that the next `more` rows have values.
  package mutating func appendValid(_ more: Int = 1) {
    if hasNulls { appendBits(true, more) }
    count += more
  }

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

  private mutating func appendBits(_ bit: Bool, _ more: Int) {
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
