import PlumbColumns

extension ScalarFunction {
  static let lcm = ScalarFunction(
    "lcm", topic: "numbers",
    summary: "The least common multiple of two ints, never below 0.",
    overloads: [
      Overload([Parameter("a", .int), Parameter("b", .int)], result: .always(.int)) {
        (call) throws(FunctionError) in
        try call.tryIntegers { (a, b) throws(FunctionError) in
          if a == 0 || b == 0 { return 0 }
          let divisor = greatestCommonDivisor(a.magnitude, b.magnitude)
          let (product, overflow) = (a.magnitude / divisor).multipliedReportingOverflow(
            by: b.magnitude)
          guard !overflow, let multiple = Int(exactly: product) else {
            throw FunctionError("lcm(\(a), \(b)) does not fit an int", kind: .overflow)
          }
          return multiple
        }
      }
    ],
    examples: [
      Example("lcm(4, 6)", "12"),
      Example("lcm(0, 5)", "0"),
      Example("lcm(null, 5)", "null"),
      Example(
        "lcm(9223372036854775807, 2)", "error: lcm(9223372036854775807, 2) does not fit an int"),
    ])
}
