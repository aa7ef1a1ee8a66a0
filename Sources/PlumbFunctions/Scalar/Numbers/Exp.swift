import PlumbColumns
import Glibc

extension ScalarFunction {
  static let exp = ScalarFunction(
    "exp", topic: "numbers",
    summary: "e to the power of a number.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.exp($0) }
      }
    ],
    examples: [
      Example("exp(0)", "1.0"),
      Example("exp(1)", "2.718281828459045"),
      Example("exp(1000)", "Infinity"),
      Example("exp(null)", "null"),
      Example("exp(nan)", "NaN"),
      Example(#"exp("two")"#, "error: `x` of `exp` must be float, and this is string"),
    ])
}
