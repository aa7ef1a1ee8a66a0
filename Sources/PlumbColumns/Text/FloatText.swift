/// The text of doubles: the shortest that reads back the same.
package enum FloatText {
  /// Appends the shortest text that reads back as the same double; `NaN`, `Infinity` and
  /// `-Infinity` for what is no number.
  package static func append(_ value: Double, to buffer: inout TextBuffer) {
    if value.isFinite {
      // Whole numbers are common (counts, steps) and much cheaper as integers.
      if value.magnitude < 1e15, value == value.rounded(.towardZero), value != 0 {
        buffer.append(integer: Int(value))
        buffer.append(".0")
        return
      }
      buffer.append(value.description)
    } else if value.isNaN {
      buffer.append("NaN")
    } else {
      buffer.append(value < 0 ? "-Infinity" : "Infinity")
    }
  }

  /// A double as the shortest text that is read as the same.
  package static func format(_ value: Double) -> String {
    var buffer = TextBuffer(capacity: 32)
    append(value, to: &buffer)
    return buffer.string
  }

  /// Appends the value rounded to `digits` significant digits, for people; digits before the
  /// point are never rounded away.
  package static func appendRounded(_ value: Double, digits: Int, to buffer: inout TextBuffer) {
    guard value.isFinite, value != 0 else { return append(value, to: &buffer) }
    let decimal = DecimalDigits(value)
    guard decimal.digits.count > digits else { return append(value, to: &buffer) }
    if decimal.exponent >= digits, decimal.exponent <= 15 {
      decimal.rounded(to: decimal.exponent).append(to: &buffer)
    } else {
      decimal.rounded(to: digits).append(to: &buffer)
    }
  }
}

/// A finite double as decimal digits: 0.d₁d₂… × 10^exponent.
struct DecimalDigits {
  var isNegative: Bool
  /// The digits, 0 to 9, the first and the last not 0.
  var digits: [UInt8]
  var exponent: Int

  init(_ value: Double) {
    isNegative = value.sign == .minus
    digits = []
    exponent = 0
    var pointSeen = false
    var written = 0
    var isExponent = false
    var exponentSign = 1
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case 0x30...0x39 where isExponent: written = written * 10 + Int(byte - 0x30)
      case 0x30...0x39:
        if digits.isEmpty, byte == 0x30 {
          if pointSeen { exponent -= 1 }
        } else {
          digits.append(byte - 0x30)
          if !pointSeen { exponent += 1 }
        }
      case 0x2E: pointSeen = true
      case 0x2D: exponentSign = -1
      case 0x65: isExponent = true
      default: break
      }
    }
    exponent += exponentSign * written
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
  }

  /// The nearest number of `count` digits, a half away from zero.
  func rounded(to count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var result = self
    let roundsUp = digits[count] >= 5
    result.digits.removeLast(digits.count - count)
    if roundsUp {
      var position = count - 1
      while position >= 0, result.digits[position] == 9 {
        result.digits[position] = 0
        position -= 1
      }
      if position >= 0 {
        result.digits[position] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.exponent += 1
      }
    }
    result.trim()
    return result
  }

  /// Writes the number plainly, or with an exponent when it is below 1e-4 or from 1e16 on.
  func append(to buffer: inout TextBuffer) {
    if isNegative { buffer.append(0x2D) }
    if exponent > 16 || exponent < -3 {
      appendScientific(to: &buffer)
    } else if exponent <= 0 {
      buffer.append("0.")
      buffer.append(repeating: 0x30, count: -exponent)
      for digit in digits { buffer.append(0x30 + digit) }
    } else {
      for position in 0..<max(exponent, digits.count) {
        if position == exponent { buffer.append(0x2E) }
        buffer.append(0x30 + (position < digits.count ? digits[position] : 0))
      }
      if digits.count <= exponent { buffer.append(".0") }
    }
  }

  private func appendScientific(to buffer: inout TextBuffer) {
    for (position, digit) in digits.enumerated() {
      if position == 1 { buffer.append(0x2E) }
      buffer.append(0x30 + digit)
    }
    let power = exponent - 1
    buffer.append(power < 0 ? "e-" : "e+")
    buffer.append(padded: abs(power), width: 2)
  }
}
