import Glibc

/// Marks at 1, 2 or 5 times a power of ten.
struct NumberTicks {
  let ticks: [Scale.Tick]

  init(low: Double, high: Double, wanted: Int) {
    guard high > low, (high - low).isFinite else {
      ticks = [low, high].map { Scale.Tick(value: $0, label: AxisText.value($0)) }
      return
    }
    let step = Self.step(low: low, high: high, wanted: wanted)
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 1000 else {
      ticks = []
      return
    }
    ticks = (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return Scale.Tick(value: value, label: AxisText.number(value, step: step))
    }
  }

  /// The distance of marks that gives at most `wanted` of them, or a few more.
  static func step(low: Double, high: Double, wanted: Int) -> Double {
    let count = Double(max(1, wanted))
    // Parts of the ends, so that the range of two huge numbers is finite.
    let rough = (high - low).isFinite ? (high - low) / count : (high / count - low / count).finite
    let power = pow10(log10(rough).rounded(.down))
    guard power.isNormal else { return max(rough, .leastNormalMagnitude) }
    let share = rough / power
    let factor: Double = share <= 1.0001 ? 1 : share <= 2.0001 ? 2 : share <= 5.0001 ? 5 : 10
    return (factor * power).finite
  }
}

/// Marks of a logarithmic axis: powers of ten, with 2 and 5 times them where there are few.
struct LogTicks {
  let ticks: [Scale.Tick]

  init(low: Double, high: Double, wanted: Int) {
    guard low > 0, high >= low, high.isFinite else {
      ticks = []
      return
    }
    let first = Int(log10(low).rounded(.down))
    let last = Int(log10(high).rounded(.up))
    let decades = max(1, last - first)
    let factors: [Double] =
      decades * 3 <= wanted || decades <= 2 ? [1, 2, 5] : [1]
    let stride = max(1, (decades + max(1, wanted) - 1) / max(1, wanted))
    var found: [Scale.Tick] = []
    for exponent in Swift.stride(from: first, through: last, by: stride) {
      for factor in factors {
        let value = factor * pow10(Double(exponent))
        guard value >= low * 0.999_999, value <= (high * 1.000_001).finite else { continue }
        found.append(Scale.Tick(value: value, label: AxisText.number(value, step: value)))
      }
    }
    // Within a decade the marks of a linear axis say more than none.
    ticks =
      found.count >= 2
      ? found : NumberTicks(low: low, high: high, wanted: wanted).ticks.filter { $0.value > 0 }
  }
}

/// The decadic logarithm.
func log10(_ value: Double) -> Double { Glibc.log10(value) }

/// A power of ten; whole exponents give the nearest double.
func pow10(_ exponent: Double) -> Double { Glibc.pow(10, exponent) }
