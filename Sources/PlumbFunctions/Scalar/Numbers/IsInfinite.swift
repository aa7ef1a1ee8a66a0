import PlumbColumns

extension ScalarFunction {
  static let isInfinite = ScalarFunction(
    "is_infinite", topic: "numbers",
    summary: "Whether a number is `inf` or `-inf`.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.bool)) { call in
        call.testFloats { $0.isInfinite }
      }
    ],
    examples: [
      Example("is_infinite(-inf)", "true"),
      Example("is_infinite(0.5)", "false"),
      Example("is_infinite(nan)", "false"),
      Example("is_infinite(null)", "null"),
      Example(
        #"is_infinite("two")"#,
        "error: `x` of `is_infinite` must be float, and this is string"),
    ])
}
