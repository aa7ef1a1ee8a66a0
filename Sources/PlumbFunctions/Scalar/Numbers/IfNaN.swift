import PlumbColumns

extension ScalarFunction {
  static let ifNaN = ScalarFunction(
    "if_nan", topic: "numbers",
    summary: "A number, or another value if it is NaN.",
    overloads: [
      Overload([Parameter("x", .float), Parameter("otherwise", .float)], result: .always(.float)) {
        call in
        call.mapFloats { $0.isNaN ? $1 : $0 }
      }
    ],
    examples: [
      Example("if_nan(nan, 0)", "0.0"),
      Example("if_nan(0.5, 0)", "0.5"),
      Example("if_nan(null, 0)", "null"),
      Example(#"if_nan("two", 0)"#, "error: `x` of `if_nan` must be float, and this is string"),
    ])
}
