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

  /// Counts in single values again, over at least the same range.
  func dropStep() {
    guard digit.step.value != 1 else { return }
    let high = digit.word(digit.span)
    digit.step = .one
    setRange(digit.low, high)
  }

  /// Counts in steps where all keys of groups and rows lie on them and they make fewer than `limit`
  /// digits, as with times that were rounded. The span is tight.
  func takeSteps(_ source: KeySource, limit: UInt64) {
    guard codeCount == nil, digit.span > limit, digit.span < .max else { return }
    let least = (digit.span - 1) / limit
    var divisor = source.commonDivisor(from: digit.low, least: least)
    for group in 0..<words.count where !words.isNull(group) {
      if divisor > 0, divisor < least { return }
      divisor = greatestCommonDivisor(
        UInt64(bitPattern: Int64(words[group] &- digit.low)), divisor)
    }
    guard divisor > 1, divisor >= least else { return }
    digit.step = ExactDivisor(divisor)
    digit.span = (digit.span - 1) / divisor + 1
  }

  /// Makes room for as many steps below and above, if numbers allow it.
  func extendSteps() {
    guard digit.step.value != 1, let length = Int(exactly: digit.step.value) else { return }
    let (width, isFar) = (Int(truncatingIfNeeded: digit.span) &* 2)
      .multipliedReportingOverflow(by: length)
    let (low, isOut) = digit.low.subtractingReportingOverflow(width / 2)
    let (_, isBeyond) = digit.low.addingReportingOverflow(width)
    if isFar || isOut || isBeyond { return }
    digit.low = low
    digit.span *= 3
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
