import PlumbColumns

extension ScalarFunction {
  static let gcd = ScalarFunction(
    "gcd", topic: "numbers",
    summary: "The greatest common divisor of two ints, never below 0.",
    overloads: [
      Overload([Parameter("a", .int), Parameter("b", .int)], result: .always(.int)) {
        (call) throws(FunctionError) in
        try call.tryIntegers { (a, b) throws(FunctionError) in
          guard let divisor = Int(exactly: greatestCommonDivisor(a.magnitude, b.magnitude)) else {
            throw FunctionError("gcd(\(a), \(b)) does not fit an int", kind: .overflow)
          }
          return divisor
        }
      }
    ],
    examples: [
      Example("gcd(12, 18)", "6"),
      Example("gcd(0, -5)", "5"),
      Example("gcd(12, null)", "null"),
      Example(
        "gcd(-9223372036854775807 - 1, 0)",
        "error: gcd(-9223372036854775808, 0) does not fit an int"),
    ])
}

/// Euclid's algorithm.
func greatestCommonDivisor(_ a: UInt, _ b: UInt) -> UInt {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}
