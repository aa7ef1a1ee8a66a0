import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let cusum = WindowFunction(
    "cusum",
    summary: "Whether the mean of a stream has changed, by the cumulative sum chart.",
    details: """
      Use it to find a small lasting shift soon, where mean and spread without it are known. Two \
      sums of what goes beyond the mean by more than `slack`, upwards and downwards, neither below \
      0; a change is found when one exceeds `threshold`. Both are in standard deviations. Mean and \
      standard deviation are those of the first `min_instances` rows, or `mean` and `stddev` where \
      they are known; `mode` is "up", "down" or "both". The classical 0.5 and 5 give a false alarm \
      about every few hundred rows.

      \(detectorRows) Cite Page (1954), "Continuous Inspection Schemes"; Montgomery (2009).
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("x", pattern),
          .constant("slack", 0.5),
          .constant("threshold", 5.0),
          .constant("min_instances", 30),
          .constant("mean", nil),
          .constant("stddev", nil),
          Parameter("mode", .string, default: .string("both"), isConstant: true),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = CUSUM.Settings()
        settings.slack = try call.constantNumber(1, "slack", { $0 >= 0 }, "at least 0")
        settings.threshold = try call.constantNumber(2, "threshold", { $0 > 0 }, "above 0")
        settings.minInstances = try call.constantCount(3, "min_instances", least: 2)
        if call.arguments[4].constantValue != .null {
          settings.mean = try call.constantNumber(4, "mean", \.isFinite, "finite")
        }
        if call.arguments[5].constantValue != .null {
          settings.deviation = try call.constantNumber(
            5, "stddev", { $0 > 0 && $0.isFinite }, "above 0 and finite")
        }
        settings.direction = try call.constantDirection(6)
        return try call.detected(CUSUM(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 200), fn (i) => {i: i, x: if i < 100 then 0.0 else 9.0})) | window hit = cusum(x) sort i | where hit | select i",
        "100"),
      Example(
        "table([{x: null}, {x: nan}]) | window hit = cusum(x) | summarize count_if(hit)", "0"),
      Example(
        "table([{x: 1.0}]) | where x > 1 | window hit = cusum(x) | summarize count()", "0"),
      Example(
        "table([{x: 1.0}]) | window hit = cusum(x, threshold = 0.0)",
        "error: `threshold` must be above 0, not 0.0"),
    ])
}
