import PlumbColumns
import Glibc

extension ScalarFunction {
  static let cosh = ScalarFunction(
    "cosh", topic: "numbers",
    summary: "The hyperbolic cosine.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.cosh($0) }
      }
    ],
    examples: [
      Example("cosh(0)", "1.0"),
      Example("cosh(1)", "1.5430806348152437"),
      Example("cosh(null)", "null"),
      Example("cosh(nan)", "NaN"),
      Example(#"cosh("two")"#, "error: `x` of `cosh` must be float, and this is string"),
    ])
}
