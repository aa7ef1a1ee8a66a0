import PlumbColumns

extension ScalarFunction {
  static let ceil = ScalarFunction(
    "ceil", topic: "numbers",
    summary: "The least whole number that is not below a number.",
    details: "The type stays: of a float it is a float (`int(ceil(x))` makes an int of it).",
    overloads: [
      Overload([Parameter("x", .number)], result: .sameAs(0)) { call in
        call.resultType == .int ? call.arguments[0] : call.mapFloats { $0.rounded(.up) }
      }
    ],
    examples: [
      Example("ceil(2.1)", "3.0"),
      Example("ceil(-2.1)", "-2.0"),
      Example("ceil(3)", "3"),
      Example("ceil(null)", "null"),
      Example("ceil(nan)", "NaN"),
      Example("ceil(inf)", "Infinity"),
      Example(#"ceil("two")"#, "error: `x` of `ceil` must be a number, and this is string"),
    ])
}
