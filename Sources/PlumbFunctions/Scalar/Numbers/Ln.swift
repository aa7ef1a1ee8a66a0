import PlumbColumns
import Glibc

extension ScalarFunction {
  static let ln = ScalarFunction(
    "ln", topic: "numbers",
    summary: "The natural logarithm.",
    details: "`-inf` for 0, NaN below it. `log(x)` is the same.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.log($0) }
      }
    ],
    examples: [
      Example("ln(1)", "0.0"),
      Example("ln(0)", "-Infinity"),
      Example("ln(-1)", "NaN"),
      Example("ln(null)", "null"),
      Example("ln(nan)", "NaN"),
      Example(#"ln("two")"#, "error: `x` of `ln` must be float, and this is string"),
    ])
}
