import PlumbColumns
import Glibc

extension ScalarFunction {
  static let sin = ScalarFunction(
    "sin", topic: "numbers",
    summary: "The sine of an angle in radians.",
    details: "NaN for an infinite angle.",
    overloads: [
      Overload([Parameter("angle", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.sin($0) }
      }
    ],
    examples: [
      Example("sin(0)", "0.0"),
      Example("round(sin(radians(30)), 6)", "0.5"),
      Example("sin(inf)", "NaN"),
      Example("sin(null)", "null"),
      Example("sin(nan)", "NaN"),
      Example(#"sin("two")"#, "error: `angle` of `sin` must be float, and this is string"),
    ])
}
