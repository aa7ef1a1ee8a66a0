import PlumbColumns

extension ScalarFunction {
  static let floor = ScalarFunction(
    "floor", topic: "numbers",
    summary: "The greatest whole number that is not above a number.",
    details: "The type stays: of a float it is a float (`int(floor(x))` makes an int of it).",
    overloads: [
      Overload([Parameter("x", .number)], result: .sameAs(0)) { call in
        call.resultType == .int ? call.arguments[0] : call.mapFloats { $0.rounded(.down) }
      }
    ],
    examples: [
      Example("floor(2.9)", "2.0"),
      Example("floor(-2.1)", "-3.0"),
      Example("floor(3)", "3"),
      Example("floor(null)", "null"),
      Example("floor(nan)", "NaN"),
      Example("floor(inf)", "Infinity"),
      Example(#"floor("two")"#, "error: `x` of `floor` must be a number, and this is string"),
    ])
}
