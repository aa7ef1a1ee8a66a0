import PlumbColumns

extension ScalarFunction {
  static let degrees = ScalarFunction(
    "degrees", topic: "numbers",
    summary: "An angle in radians, in degrees.",
    overloads: [
      Overload([Parameter("angle", .float)], result: .always(.float)) { call in
        call.mapFloats { $0 * (180 / Double.pi) }
      }
    ],
    examples: [
      Example("degrees(pi())", "180.0"),
      Example("degrees(0)", "0.0"),
      Example("degrees(null)", "null"),
      Example("degrees(nan)", "NaN"),
      Example(#"degrees("two")"#, "error: `angle` of `degrees` must be float, and this is string"),
    ])
}
