import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let adjustedP = WindowFunction(
    "adjusted_p",
    summary: "The p-value corrected for all the tests of its group.",
    details: """
      `correction`: "bh" for the share of false alarms among the alarms (Benjamini and Hochberg \
      1995), "by" for the same under any dependence (Benjamini and Yekutieli 2001), "bonferroni" \
      or the never less powerful "holm" (1979) for any false alarm at all. Below `alpha` a test is \
      significant still. Tests whose p-value is null or NaN stay so and do not count.
      """,
    overloads: [
      Overload(
        [
          Parameter("p", .float),
          Parameter("correction", .string, default: .string("bh"), isConstant: true),
        ], result: .always(.float)
      ) { (call) throws(FunctionError) in
        guard case .string(let text)? = call.arguments[1].constantValue,
          let correction = PValueCorrection(rawValue: text)
        else {
          let given = plainText(call.arguments[1].constantValue ?? .null)
          let known = PValueCorrection.allCases.map { "\"\($0.rawValue)\"" }
          throw FunctionError(
            "`correction` must be one of \(known.joined(separator: ", ")), not \(given)")
        }
        let values = call.arguments[0].doubles()
        let present = call.arguments[0].presence
        var adjusted: [Double?] = []
        adjusted.reserveCapacity(call.count)
        try call.forEachGroup { start, end in
          adjusted += correction.adjusted(
            (start..<end).map { present?[$0] ?? true ? values[$0] : nil })
        }
        return .floats(call.count) { adjusted[$0] }
      }
    ],
    examples: [
      Example(
        "table([{p: 0.01}, {p: 0.02}, {p: 0.5}]) | window q = adjusted_p(p) | tail 1 | select q",
        "0.5"),
      Example(
        "table([{p: 0.01}, {p: 0.02}]) | window q = adjusted_p(p, \"bonferroni\") | tail 1 | select q",
        "0.04"),
      Example(
        "table([{p: 0.01}, {p: null}]) | window q = adjusted_p(p) | tail 1 | select q", "null"),
      Example("table([{p: nan}]) | window q = adjusted_p(p) | select q", "NaN"),
      Example(
        "table([{p: 0.1}]) | where p > 1 | window q = adjusted_p(p) | summarize count()", "0"),
      Example(
        "table([{p: 0.1}]) | window q = adjusted_p(p, \"none at all\")",
        #"error: `correction` must be one of "none", "bonferroni", "holm", "bh", "by", not none at all"#
      ),
    ])
}
