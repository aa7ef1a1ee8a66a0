import PlumbColumns

extension ScalarFunction {
  static let isNaN = ScalarFunction(
    "is_nan", topic: "numbers",
    summary: "Whether a number is NaN.",
    details: "Null for null: NaN is a value, null is the absence of one.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.bool)) { call in
        call.testFloats { $0.isNaN }
      }
    ],
    examples: [
      Example("is_nan(nan)", "true"),
      Example("is_nan(1)", "false"),
      Example("is_nan(null)", "null"),
      Example(#"is_nan("two")"#, "error: `x` of `is_nan` must be float, and this is string"),
    ])
}
