import PlumbColumns

extension ScalarFunction {
  static let abs = ScalarFunction(
    "abs", topic: "numbers",
    summary: "A number or duration without its sign.",
    details: "The type stays. The least int has no opposite: an error.",
    overloads: [
      Overload([Parameter("x", .quantity)], result: .sameAs(0)) { (call) throws(FunctionError) in
        if call.resultType == .float { return call.mapFloats { Swift.abs($0) } }
        return try call.tryIntegers { (x) throws(FunctionError) in
          guard x != Int.min else {
            throw FunctionError("abs(\(x)) does not fit an int", kind: .overflow)
          }
          return Swift.abs(x)
        }
      }
    ],
    examples: [
      Example("abs(-3)", "3"),
      Example("abs(-2.5)", "2.5"),
      Example("abs(-90s)", "1m 30s"),
      Example("abs(null)", "null"),
      Example("abs(nan)", "NaN"),
      Example(
        "abs(-9223372036854775807 - 1)", "error: abs(-9223372036854775808) does not fit an int"),
    ])
}
