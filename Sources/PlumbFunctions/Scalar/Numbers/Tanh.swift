import PlumbColumns
import Glibc

extension ScalarFunction {
  static let tanh = ScalarFunction(
    "tanh", topic: "numbers",
    summary: "The hyperbolic tangent.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.tanh($0) }
      }
    ],
    examples: [
      Example("tanh(0)", "0.0"),
      Example("tanh(inf)", "1.0"),
      Example("tanh(null)", "null"),
      Example("tanh(nan)", "NaN"),
      Example(#"tanh("two")"#, "error: `x` of `tanh` must be float, and this is string"),
    ])
}
