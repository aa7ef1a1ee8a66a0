import PlumbColumns
import Glibc

extension ScalarFunction {
  static let log2 = ScalarFunction(
    "log2", topic: "numbers",
    summary: "The logarithm to base 2.",
    details: "`-inf` for 0, NaN below it.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.log2($0) }
      }
    ],
    examples: [
      Example("log2(8)", "3.0"),
      Example("log2(0)", "-Infinity"),
      Example("log2(null)", "null"),
      Example("log2(nan)", "NaN"),
      Example(#"log2("two")"#, "error: `x` of `log2` must be float, and this is string"),
    ])
}
