import PlumbColumns

extension ScalarFunction {
  static let radians = ScalarFunction(
    "radians", topic: "numbers",
    summary: "An angle in degrees, in radians.",
    overloads: [
      Overload([Parameter("angle", .float)], result: .always(.float)) { call in
        call.mapFloats { $0 * (Double.pi / 180) }
      }
    ],
    examples: [
      Example("radians(180)", "3.141592653589793"),
      Example("radians(0)", "0.0"),
      Example("radians(null)", "null"),
      Example("radians(nan)", "NaN"),
      Example(#"radians("two")"#, "error: `angle` of `radians` must be float, and this is string"),
    ])
}
