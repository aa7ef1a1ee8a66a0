import PlumbColumns

extension ScalarFunction {
  static let sqrt = ScalarFunction(
    "sqrt", topic: "numbers",
    summary: "The square root.",
    details: "NaN for a number below 0.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { $0.squareRoot() }
      }
    ],
    examples: [
      Example("sqrt(2.25)", "1.5"),
      Example("sqrt(-1)", "NaN"),
      Example("sqrt(inf)", "Infinity"),
      Example("sqrt(null)", "null"),
      Example("sqrt(nan)", "NaN"),
      Example(#"sqrt("two")"#, "error: `x` of `sqrt` must be float, and this is string"),
    ])
}
