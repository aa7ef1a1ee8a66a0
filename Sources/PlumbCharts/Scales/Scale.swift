package import PlumbColumns

/// How values become positions along an axis.
///
/// Both ends are finite, and so are the positions of all values but NaN.
package struct Scale: Sendable {
  package let kind: Kind
  /// The value at the axis's beginning; half an index beyond the category that stands there.
  package let low: Double
  /// The value at its end.
  package let high: Double

  /// What the values are.
  package enum Kind: Sendable {
    case linear
    case log
    /// Microseconds since 1970, read by the clock of a zone.
    case time(TimeZoneRules)
    /// Indices of these labels.
    case category([String])
  }

  /// An end beyond the greatest number, or on a logarithmic axis below the least, stands there.
  package init(_ kind: Kind, low: Double, high: Double) {
    self.kind = kind
    var least = -Double.greatestFiniteMagnitude
    if case .log = kind { least = .leastNonzeroMagnitude }
    self.low = max(least, low.finite)
    self.high = max(least, high.finite)
  }

  /// With `isReversed` the first label stands at the end: the top of a vertical axis.
  package static func categories(_ labels: [String], isReversed: Bool = false) -> Scale {
    let end = Double(max(1, labels.count)) - 0.5
    return Scale(.category(labels), low: isReversed ? end : -0.5, high: isReversed ? -0.5 : end)
  }

  /// The labels, when the values are categories.
  package var labels: [String]? {
    if case .category(let labels) = kind { labels } else { nil }
  }

  /// A mark of an axis: where, and what is written beside it.
  package struct Tick: Sendable {
    package let value: Double
    package let label: String
  }

  /// Where a value lies: 0 at the beginning of the axis, 1 at its end, beyond where it is outside,
  /// though never so far that it is no place any more; NaN for NaN.
  package func position(_ value: Double) -> Double {
    let value = value.finite
    let place: Double
    switch kind {
    case .log:
      guard value > 0 else { return 0 }
      let bottom = log10(low)
      let span = log10(high) - bottom
      place = span == 0 ? 0.5 : (log10(value) - bottom) / span
    case .linear, .time, .category:
      // Halves, so that the range of two huge numbers is finite.
      let span = high / 2 - low / 2
      place = span == 0 ? 0.5 : (value / 2 - low / 2) / span
    }
    return max(-Self.farthest, min(Self.farthest, place))
  }

  /// Many times the width of any picture.
  private static let farthest = 1e9

  /// About `wanted` marks at round values.
  package func ticks(_ wanted: Int) -> [Tick] {
    switch kind {
    case .linear: return NumberTicks(low: low, high: high, wanted: wanted).ticks
    case .log: return LogTicks(low: low, high: high, wanted: wanted).ticks
    case .time(let zone):
      return TimeTicks(low: low, high: high, wanted: wanted, zone: zone).ticks
    case .category(let labels):
      let step = max(1, (labels.count + max(1, wanted) - 1) / max(1, wanted))
      return stride(from: 0, to: labels.count, by: step).map {
        Tick(value: Double($0), label: labels[$0])
      }
    }
  }

  /// A scale that holds all of a range of numbers, with room where all are equal.
  ///
  /// With `isRound` it begins and ends at round values.
  static func numbers(low: Double, high: Double, isLog: Bool, isRound: Bool) -> Scale {
    if isLog {
      // An empty range, or one below zero, is drawn as one decade.
      guard low > 0, high >= low else { return Scale(.log, low: 1, high: 10) }
      if low == high { return Scale(.log, low: low / 2, high: high * 2) }
      guard isRound else { return Scale(.log, low: low, high: high) }
      let bottom = pow10(log10(low).rounded(.down))
      let top = pow10(log10(high).rounded(.up))
      // Whole decades only where they are not mostly empty.
      return Scale(
        .log, low: bottom > low / 4 ? bottom : low, high: top < high * 4 ? top : high)
    }
    guard low <= high else { return Scale(.linear, low: 0, high: 1) }
    if low == high {
      let room = low == 0 ? 1 : abs(low) / 2
      return Scale(.linear, low: low - room, high: high + room)
    }
    guard isRound, (high - low).isFinite else { return Scale(.linear, low: low, high: high) }
    let step = NumberTicks.step(low: low, high: high, wanted: 6)
    return Scale(
      .linear, low: (low / step).rounded(.down) * step, high: (high / step).rounded(.up) * step)
  }
}

extension Double {
  /// The number, the infinities as the greatest and least that are finite.
  var finite: Double {
    isInfinite ? Double(signOf: self, magnitudeOf: .greatestFiniteMagnitude) : self
  }
}
