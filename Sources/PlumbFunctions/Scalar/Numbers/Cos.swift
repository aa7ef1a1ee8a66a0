import PlumbColumns
import Glibc

extension ScalarFunction {
  static let cos = ScalarFunction(
    "cos", topic: "numbers",
    summary: "The cosine of an angle in radians.",
    details: "NaN for an infinite angle.",
    overloads: [
      Overload([Parameter("angle", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.cos($0) }
      }
    ],
    examples: [
      Example("cos(0)", "1.0"),
      Example("round(cos(radians(60)), 6)", "0.5"),
      Example("cos(null)", "null"),
      Example("cos(nan)", "NaN"),
      Example(#"cos("two")"#, "error: `angle` of `cos` must be float, and this is string"),
    ])
}
