import PlumbColumns
import Glibc

extension ScalarFunction {
  static let log10 = ScalarFunction(
    "log10", topic: "numbers",
    summary: "The logarithm to base 10.",
    details: "`-inf` for 0, NaN below it.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.log10($0) }
      }
    ],
    examples: [
      Example("log10(1000)", "3.0"),
      Example("log10(-1)", "NaN"),
      Example("log10(null)", "null"),
      Example("log10(nan)", "NaN"),
      Example(#"log10("two")"#, "error: `x` of `log10` must be float, and this is string"),
    ])
}
