extension KeyEncoder {
  /// The digit of a group's key.
  func digit(of group: Int) -> UInt64 {
    words.isNull(group) ? 0 : digit.digit(words[group])
  }

  /// Widens the span so that it covers the rows of a batch.
  ///
  /// Integers that go on growing get room ahead, so that layouts are made few times.
  func widen(for source: KeySource, withSlack: Bool) {
    if let codeCount {
      digit.low = 0
      digit.span = UInt64(codeCount) * (withSlack ? 2 : 1)
      return
    }
    guard source.low <= source.high else { return }
    guard digit.span > 0 else { return setRange(source.low, source.high) }
    if digit.covers(source) { return }
    let oldHigh = digit.low &+ Int(truncatingIfNeeded: digit.span &- 1)
    var low = min(digit.low, source.low)
    var high = max(oldHigh, source.high)
    let (width, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, withSlack {
      if low < digit.low {
        let (further, isOut) = low.subtractingReportingOverflow(width)
        low = isOut ? .min : further
      }
      if high > oldHigh {
        let (further, isOut) = high.addingReportingOverflow(width)
        high = isOut ? .max : further
      }
    }
    setRange(low, high)
  }

  private func setRange(_ low: Int, _ high: Int) {
    digit.low = low
    let width = UInt64(bitPattern: Int64(high &- low))
    // The greatest span stands for all 64 bits: such a key is not packed.
    digit.span = width >= .max - 1 ? .max : width + 1
  }

  /// Narrows the span to what the groups and the rows of a batch need.
  func tighten(_ source: KeySource) {
    if let codeCount {
      digit.low = 0
      digit.span = UInt64(codeCount)
      return
    }
    var (low, high) = (source.low, source.high)
    for group in 0..<words.count where !words.isNull(group) {
      if low > high {
        (low, high) = (words[group], words[group])
      } else {
        low = min(low, words[group])
        high = max(high, words[group])
      }
    }
    if low <= high { setRange(low, high) }
  }
}
