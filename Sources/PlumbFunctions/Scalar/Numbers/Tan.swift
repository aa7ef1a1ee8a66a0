import PlumbColumns
import Glibc

extension ScalarFunction {
  static let tan = ScalarFunction(
    "tan", topic: "numbers",
    summary: "The tangent of an angle in radians.",
    details: "NaN for an infinite angle.",
    overloads: [
      Overload([Parameter("angle", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.tan($0) }
      }
    ],
    examples: [
      Example("tan(0)", "0.0"),
      Example("round(tan(radians(45)), 6)", "1.0"),
      Example("tan(null)", "null"),
      Example("tan(nan)", "NaN"),
      Example(#"tan("two")"#, "error: `angle` of `tan` must be float, and this is string"),
    ])
}
