import PlumbColumns
import PlumbStatistics

extension ScalarFunction {
  static let normalCDF = ScalarFunction(
    "normal_cdf", topic: "numbers",
    summary: "The probability that a standard normal variable is at most `z`.",
    overloads: [
      Overload([Parameter("z", .float)], result: .always(.float)) { call in
        call.mapFloats { normalUpperTail(-$0) }
      }
    ],
    examples: [
      Example("normal_cdf(0)", "0.5"),
      Example("normal_cdf(1.96)", "0.9750021048517795"),
      Example("normal_cdf(-inf)", "0.0"),
      Example("normal_cdf(null)", "null"),
      Example("normal_cdf(nan)", "NaN"),
      Example(
        #"normal_cdf("two")"#, "error: `z` of `normal_cdf` must be float, and this is string"),
    ])

  static let normalQuantile = ScalarFunction(
    "normal_quantile", topic: "numbers",
    summary: "The number below which a standard normal variable lies with probability `p`.",
    details: "Infinite for 0 and 1, NaN outside them.",
    overloads: [
      Overload([Parameter("p", .float)], result: .always(.float)) { call in
        call.mapFloats {
          $0 == 0 ? -.infinity : $0 == 1 ? .infinity : PlumbStatistics.normalQuantile($0)
        }
      }
    ],
    examples: [
      Example("normal_quantile(0.975)", "1.959963984540054"),
      Example("normal_quantile(0)", "-Infinity"),
      Example("normal_quantile(2)", "NaN"),
      Example("normal_quantile(null)", "null"),
      Example("normal_quantile(nan)", "NaN"),
      Example(
        #"normal_quantile("two")"#,
        "error: `p` of `normal_quantile` must be float, and this is string"),
    ])
}
