import PlumbColumns

extension ScalarFunction {
  static let isFinite = ScalarFunction(
    "is_finite", topic: "numbers",
    summary: "Whether a number is neither NaN nor infinite.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.bool)) { call in
        call.testFloats { $0.isFinite }
      }
    ],
    examples: [
      Example("is_finite(0.5)", "true"),
      Example("is_finite(inf)", "false"),
      Example("is_finite(nan)", "false"),
      Example("is_finite(null)", "null"),
      Example(#"is_finite("two")"#, "error: `x` of `is_finite` must be float, and this is string"),
    ])
}
