import PlumbColumns
import Glibc

extension ScalarFunction {
  static let cbrt = ScalarFunction(
    "cbrt", topic: "numbers",
    summary: "The cube root.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.cbrt($0) }
      }
    ],
    examples: [
      Example("cbrt(27)", "3.0"),
      Example("cbrt(-8.0)", "-2.0"),
      Example("cbrt(null)", "null"),
      Example("cbrt(nan)", "NaN"),
    ])
}
