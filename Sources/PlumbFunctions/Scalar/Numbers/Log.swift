import PlumbColumns
import Glibc

extension ScalarFunction {
  static let log = ScalarFunction(
    "log", topic: "numbers",
    summary: "The logarithm: natural, or to a given base.",
    details: "`-inf` for 0, NaN below it. See also `log2`, `log10` and `log1p`.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.log($0) }
      },
      Overload([Parameter("x", .float), Parameter("base", .float)], result: .always(.float)) {
        call in
        call.mapFloats { x, base in
          // The two bases that have a function of their own are exact there.
          if base == 2 { return Glibc.log2(x) }
          if base == 10 { return Glibc.log10(x) }
          return Glibc.log(x) / Glibc.log(base)
        }
      },
    ],
    examples: [
      Example("log(1)", "0.0"),
      Example("log(8, 2)", "3.0"),
      Example("log(100, base = 10)", "2.0"),
      Example("log(0)", "-Infinity"),
      Example("log(null)", "null"),
      Example("log(nan)", "NaN"),
      Example(#"log("two")"#, "error: `x` of `log` must be float, and this is string"),
    ])
}
