import PlumbColumns
import Glibc

extension ScalarFunction {
  static let log1p = ScalarFunction(
    "log1p", topic: "numbers",
    summary: "`ln(1 + x)`, exact also for x near 0.",
    details: "`-inf` for -1, NaN below it.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.log1p($0) }
      }
    ],
    examples: [
      Example("log1p(0)", "0.0"),
      Example("log1p(-1)", "-Infinity"),
      Example("log1p(null)", "null"),
      Example("log1p(nan)", "NaN"),
      Example(#"log1p("two")"#, "error: `x` of `log1p` must be float, and this is string"),
    ])
}
