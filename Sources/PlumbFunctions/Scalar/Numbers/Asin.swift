import PlumbColumns
import Glibc

extension ScalarFunction {
  static let asin = ScalarFunction(
    "asin", topic: "numbers",
    summary: "The angle in radians, from -pi/2 to pi/2, whose sine is a number.",
    details: "NaN outside -1 to 1.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.asin($0) }
      }
    ],
    examples: [
      Example("asin(0)", "0.0"),
      Example("asin(1)", "1.5707963267948966"),
      Example("asin(2)", "NaN"),
      Example("asin(null)", "null"),
      Example("asin(nan)", "NaN"),
      Example(#"asin("two")"#, "error: `x` of `asin` must be float, and this is string"),
    ])
}
