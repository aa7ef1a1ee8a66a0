import PlumbColumns
import Glibc

extension ScalarFunction {
  static let sigmoid = ScalarFunction(
    "sigmoid", topic: "numbers",
    summary: "The logistic function `1 / (1 + exp(-x))`: from a logit to a probability.",
    overloads: [
      Overload([Parameter("x", .float)], result: .always(.float)) { call in
        call.mapFloats { 1 / (1 + Glibc.exp(-$0)) }
      }
    ],
    examples: [
      Example("sigmoid(0)", "0.5"),
      Example("sigmoid(-inf)", "0.0"),
      Example("sigmoid(null)", "null"),
      Example("sigmoid(nan)", "NaN"),
      Example(#"sigmoid("two")"#, "error: `x` of `sigmoid` must be float, and this is string"),
    ])
}
