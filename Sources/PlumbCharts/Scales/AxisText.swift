import PlumbColumns

/// How numbers are written beside axes and in legends.
enum AxisText {
  /// A number of an axis whose marks are `step` apart: as many digits as tell them apart, `k`, `M`,
  /// `G` for thousands, millions, billions.
  static func number(_ value: Double, step: Double) -> String {
    let magnitude = max(abs(value), step)
    if value == 0 { return "0" }
    if magnitude >= 1e15 || magnitude < 1e-4 { return scientific(value, step) }
    let units: [(Double, String)] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
    // Years and other numbers of four digits stay whole.
    for (unit, letter) in units where magnitude >= unit && magnitude >= 10_000 {
      return decimal(value / unit, step / unit) + letter
    }
    return decimal(value, step)
  }

  private static func decimal(_ value: Double, _ step: Double) -> String {
    var digits = 0
    var scaled = step
    while digits < 9, abs(scaled - scaled.rounded()) > 1e-6 * scaled {
      scaled *= 10
      digits += 1
    }
    return fixed(value, digits: digits)
  }

  /// A number with so many digits after the point, up to 9; `-0` is `0`.
  static func fixed(_ value: Double, digits: Int) -> String {
    let scale = pow10(Double(digits))
    let rounded = (value * scale).rounded()
    guard abs(rounded) < 9e15 else { return FloatText.format(value) }
    let whole = Int(rounded)
    let text = String(whole.magnitude)
    let sign = whole < 0 ? "-" : ""
    guard digits > 0 else { return sign + text }
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
  }

  private static func scientific(_ value: Double, _ step: Double) -> String {
    let exponent = log10(abs(value)).rounded(.down)
    let mantissa = value / pow10(exponent)
    let digits = exponent - log10(step).rounded(.down)
    let places = digits.isFinite ? Int(max(0, min(9, digits))) : 0
    var text = fixed(mantissa, digits: places)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text + "e" + fixed(exponent, digits: 0)
  }

  /// A number by itself, to four significant digits.
  static func value(_ value: Double) -> String {
    guard value.isFinite else { return FloatText.format(value) }
    if value == value.rounded(), abs(value) < 1e9 { return fixed(value, digits: 0) }
    var buffer = TextBuffer(capacity: 32)
    FloatText.appendRounded(value, digits: 4, to: &buffer)
    return buffer.string
  }
}
