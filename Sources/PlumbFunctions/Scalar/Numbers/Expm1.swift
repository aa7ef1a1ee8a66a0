import PlumbColumns
import Glibc

extension ScalarFunction {
  static let expm1 = ScalarFunction(
    "expm1", topic: "numbers",
    summary: "`exp(x) - 1`, exact also for x near 0.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.expm1($0) }
      }
    ],
    examples: [
      Example("expm1(0)", "0.0"),
      Example("expm1(1e-10)", "1.00000000005e-10"),
      Example("expm1(null)", "null"),
      Example("expm1(nan)", "NaN"),
      Example(#"expm1("two")"#, "error: `x` of `expm1` must be float, and this is string"),
    ])
}
