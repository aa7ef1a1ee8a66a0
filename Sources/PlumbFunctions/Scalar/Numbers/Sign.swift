import PlumbColumns

extension ScalarFunction {
  static let sign = ScalarFunction(
    "sign", topic: "numbers",
    summary: "-1, 0 or 1, as a number is below, at or above 0.",
    details: "Of the type of the number; NaN for NaN.",
    overloads: [
      Overload([Parameter("x", .number)], result: .sameAs(0)) { call in
        if call.resultType == .float {
          return call.mapFloats { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
        }
        return call.mapIntegers { $0.signum() }
      }
    ],
    examples: [
      Example("sign(-3)", "-1"),
      Example("sign(2.5)", "1.0"),
      Example("sign(0)", "0"),
      Example("sign(null)", "null"),
      Example("sign(nan)", "NaN"),
      Example(#"sign("two")"#, "error: `x` of `sign` must be a number, and this is string"),
    ])
}
