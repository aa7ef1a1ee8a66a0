import PlumbColumns

extension ScalarFunction {
  static let trunc = ScalarFunction(
    "trunc", topic: "numbers",
    summary: "A number without its decimal places.",
    details: "The type stays: of a float it is a float (`int(trunc(x))` makes an int of it).",
    overloads: [
      Overload([Parameter("x", .number)], result: .sameAs(0)) { call in
        call.resultType == .int ? call.arguments[0] : call.mapFloats { $0.rounded(.towardZero) }
      }
    ],
    examples: [
      Example("trunc(2.9)", "2.0"),
      Example("trunc(-2.9)", "-2.0"),
      Example("trunc(3)", "3"),
      Example("trunc(null)", "null"),
      Example("trunc(nan)", "NaN"),
      Example("trunc(inf)", "Infinity"),
      Example(#"trunc("two")"#, "error: `x` of `trunc` must be a number, and this is string"),
    ])
}
