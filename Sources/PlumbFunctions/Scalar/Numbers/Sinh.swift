import PlumbColumns
import Glibc

extension ScalarFunction {
  static let sinh = ScalarFunction(
    "sinh", topic: "numbers",
    summary: "The hyperbolic sine.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.sinh($0) }
      }
    ],
    examples: [
      Example("sinh(0)", "0.0"),
      Example("sinh(1)", "1.1752011936438014"),
      Example("sinh(null)", "null"),
      Example("sinh(nan)", "NaN"),
      Example(#"sinh("two")"#, "error: `x` of `sinh` must be float, and this is string"),
    ])
}
