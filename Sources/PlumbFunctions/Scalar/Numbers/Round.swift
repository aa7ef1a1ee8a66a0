import PlumbColumns
import Glibc

extension ScalarFunction {
  static let round = ScalarFunction(
    "round", topic: "numbers",
    summary: "A number rounded to some decimal places, halves away from 0.",
    details: """
      The type stays. With digits below 0, to tens, hundreds and so on. It is the exact \
      value of the float that is rounded: `round(1.005, 2)` is 1.0, because 1.005 is a \
      little less than that.
      """,
    overloads: [
      Overload(
        [Parameter("x", .number), Parameter("digits", .int, default: .int(0))], result: .sameAs(0)
      ) { (call) throws(FunctionError) in
        let digits = call.arguments[1].integers()
        if call.resultType == .int {
          let input = call.arguments[0].integers()
          return try call.tryRows { (row) throws(FunctionError) in
            try rounded(input[row], digits: digits[row])
          }
        }
        if case .int(0)? = call.arguments[1].constantValue {
          return call.mapFloats { $0.rounded(.toNearestOrAwayFromZero) }
        }
        if case .int(let digits)? = call.arguments[1].constantValue {
          let rounding = DecimalRounding(digits: digits)
          return call.mapFloats { rounding.rounded($0) }
        }
        let input = call.arguments[0].doubles()
        return try call.tryFloatRows { (row) throws(FunctionError) in
          DecimalRounding(digits: digits[row]).rounded(input[row])
        }
      }
    ],
    examples: [
      Example("round(2.5)", "3.0"),
      Example("round(0.12345, 3)", "0.123"),
      Example("round(1234, -2)", "1200"),
      Example("round(-2.5)", "-3.0"),
      Example("round(null)", "null"),
      Example("round(nan, 2)", "NaN"),
      Example(
        "round(9223372036854775807, -1)", "error: 9223372036854775807 rounded does not fit an int"),
    ])
}

/// Rounds the exact value of floats to decimal places, halves away from 0.
private struct DecimalRounding {
  private let digits: Int
  /// 10 to the power of the digits, their sign left out.
  private let power: Double

  init(digits: Int) {
    self.digits = digits
    power = Glibc.pow(10, Double(digits.magnitude))
  }

  func rounded(_ x: Double) -> Double {
    // From 2^52 on every double is whole; there is nothing to round to 300 places.
    guard x.isFinite, digits < 300, digits < 0 || Swift.abs(x) < 0x1p52 else { return x }
    guard digits > -309 else { return 0 }
    let scaled = digits >= 0 ? x * power : x / power
    guard scaled.isFinite, Swift.abs(scaled) < 0x1p52 else { return x }
    let size = Swift.abs(scaled)
    let whole = Double(Int(size))
    let fraction = size - whole
    let isUp = fraction > 0.5 || fraction == 0.5 && isExactlyHalfOrMore(x, scaled)
    let result = isUp ? whole + 1 : whole
    let rounded = digits >= 0 ? result / power : result * power
    return x.sign == .minus ? -rounded : rounded
  }

  /// Whether what scaling has rounded off leaves a seeming half one.
  private func isExactlyHalfOrMore(_ x: Double, _ scaled: Double) -> Bool {
    let lost = digits >= 0 ? Glibc.fma(x, power, -scaled) : Glibc.fma(-scaled, power, x)
    return lost * (x < 0 ? -1 : 1) >= 0
  }
}

/// Rounds an int to tens, hundreds and so on for `digits` below 0.
private func rounded(_ x: Int, digits: Int) throws(FunctionError) -> Int {
  guard digits < 0 else { return x }
  guard digits >= -18 else {
    // 10^19 is more than twice the greatest int but for its upper end.
    guard digits == -19, x.magnitude >= 5_000_000_000_000_000_000 else { return 0 }
    throw FunctionError("\(x) rounded does not fit an int", kind: .overflow)
  }
  var power = 1
  for _ in 0..<(-digits) { power *= 10 }
  let remainder = x % power
  let base = x - remainder
  guard remainder.magnitude >= UInt(power / 2) else { return base }
  let (result, overflow) = base.addingReportingOverflow(x < 0 ? -power : power)
  guard !overflow else { throw FunctionError("\(x) rounded does not fit an int", kind: .overflow) }
  return result
}
