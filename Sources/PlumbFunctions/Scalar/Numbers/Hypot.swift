import PlumbColumns
import Glibc

extension ScalarFunction {
  static let hypot = ScalarFunction(
    "hypot", topic: "numbers",
    summary: """
      The length of the vector (x, y), `sqrt(x ** 2 + y ** 2)`, without overflow on the \
      way.
      """,
    details: "Infinite when one of the two is, even if the other is NaN (IEEE 754).",
    overloads: [
      Overload([Parameter("x", .float), Parameter("y", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.hypot($0, $1) }
      }
    ],
    examples: [
      Example("hypot(3, 4)", "5.0"),
      Example("hypot(3, null)", "null"),
      Example("hypot(nan, 4)", "NaN"),
      Example("hypot(nan, inf)", "Infinity"),
      Example(#"hypot("two", 4)"#, "error: `x` of `hypot` must be float, and this is string"),
    ])
}
