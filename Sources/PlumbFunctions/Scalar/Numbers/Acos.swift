import PlumbColumns
import Glibc

extension ScalarFunction {
  static let acos = ScalarFunction(
    "acos", topic: "numbers",
    summary: "The angle in radians, from 0 to pi, whose cosine is a number.",
    details: "NaN outside -1 to 1.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.acos($0) }
      }
    ],
    examples: [
      Example("acos(1)", "0.0"),
      Example("acos(-1)", "3.141592653589793"),
      Example("acos(2)", "NaN"),
      Example("acos(null)", "null"),
      Example("acos(nan)", "NaN"),
      Example(#"acos("two")"#, "error: `x` of `acos` must be float, and this is string"),
    ])
}
