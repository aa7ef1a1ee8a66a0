import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let pageHinkley = WindowFunction(
    "page_hinkley",
    summary: "Whether the mean of a stream has changed, by the test of Page and Hinkley.",
    details: """
      Use it for a lasting shift of a mean whose scale is known. Adds up how far values lie from \
      their mean so far, beyond `delta`, and finds a change when the sum has moved by `threshold` \
      from its extreme; `alpha` is the factor by which it forgets. `threshold` is in the unit of \
      `x`: 50 suits values of about 1. Not before `min_instances` rows; `mode` is "up", "down" or \
      "both".

      \(detectorRowsAsRiver) Cite Page (1954), "Continuous Inspection Schemes"; Hinkley (1971).
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("x", pattern),
          .constant("delta", 0.005),
          .constant("threshold", 50.0),
          .constant("alpha", 0.9999),
          .constant("min_instances", 30),
          Parameter("mode", .string, default: .string("both"), isConstant: true),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = PageHinkley.Settings()
        settings.delta = try call.constantNumber(1, "delta", { $0 >= 0 }, "at least 0")
        settings.threshold = try call.constantNumber(2, "threshold", { $0 > 0 }, "above 0")
        settings.alpha = try call.constantNumber(
          3, "alpha", { $0 > 0 && $0 <= 1 }, "above 0 and at most 1")
        settings.minInstances = try call.constantCount(4, "min_instances", least: 1)
        settings.direction = try call.constantDirection(5)
        return try call.detected(PageHinkley(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 200), fn (i) => {i: i, x: if i < 100 then 0.0 else 9.0})) | window hit = page_hinkley(x) sort i | where hit | select i",
        "105"),
      Example(
        "table([{x: null}, {x: nan}]) | window hit = page_hinkley(x) | summarize count_if(hit)", "0"
      ),
      Example(
        "table([{x: 1.0}]) | where x > 1 | window hit = page_hinkley(x) | summarize count()", "0"),
      Example(
        #"table([{x: 1.0}]) | window hit = page_hinkley(x, mode = "left")"#,
        #"error: `mode` must be "up", "down" or "both", not left"#),
    ])
}
