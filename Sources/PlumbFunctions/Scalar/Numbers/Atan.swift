import PlumbColumns
import Glibc

extension ScalarFunction {
  static let atan = ScalarFunction(
    "atan", topic: "numbers",
    summary: "The angle in radians, from -pi/2 to pi/2, whose tangent is a number.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.atan($0) }
      }
    ],
    examples: [
      Example("atan(0)", "0.0"),
      Example("atan(inf)", "1.5707963267948966"),
      Example("atan(null)", "null"),
      Example("atan(nan)", "NaN"),
      Example(#"atan("two")"#, "error: `x` of `atan` must be float, and this is string"),
    ])
}
