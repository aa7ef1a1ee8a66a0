import PlumbColumns
import Glibc

extension ScalarFunction {
  static let logit = ScalarFunction(
    "logit", topic: "numbers",
    summary: "The log odds `ln(p / (1 - p))` of a probability.",
    details: "Infinite for 0 and 1, NaN outside them.",
    overloads: [
      Overload([Parameter("p", .float)], result: .always(.float)) { call in
        call.mapFloats { Glibc.log($0 / (1 - $0)) }
      }
    ],
    examples: [
      Example("logit(0.5)", "0.0"),
      Example("logit(1)", "Infinity"),
      Example("logit(2)", "NaN"),
      Example("logit(null)", "null"),
      Example("logit(nan)", "NaN"),
      Example(#"logit("two")"#, "error: `p` of `logit` must be float, and this is string"),
    ])
}
