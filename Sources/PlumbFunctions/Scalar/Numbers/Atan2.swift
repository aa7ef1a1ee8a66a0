import PlumbColumns
import Glibc

extension ScalarFunction {
  static let atan2 = ScalarFunction(
    "atan2", topic: "numbers",
    summary: "The angle in radians, from -pi to pi, of the point (x, y).",
    overloads: [
      Overload([Parameter("y", .float), Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.atan2($0, $1) }
      }
    ],
    examples: [
      Example("atan2(1, 1)", "0.7853981633974483"),
      Example("atan2(0, -1)", "3.141592653589793"),
      Example("atan2(null, 1)", "null"),
      Example("atan2(nan, 1)", "NaN"),
      Example(#"atan2("two", 1)"#, "error: `y` of `atan2` must be float, and this is string"),
    ])
}
