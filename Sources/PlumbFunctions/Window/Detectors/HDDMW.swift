import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let hddmW = WindowFunction(
    "hddm_w",
    summary:
      "Whether the rate of errors has risen, by McDiarmid's bound on weighted means (HDDM_W).",
    details: """
      Use it on mistakes that become more bit by bit, with few false alarms. `error` is true or 1 \
      for a mistake, or any number between 0 and 1. Exponentially weighted means, the newest row \
      with the weight `lambda`: made for gradual change. `drift_confidence` is the probability of \
      a false alarm at a cut; with `two_sided = true` a fall is a change too.

      \(detectorRowsAsRiver) Cite Frías-Blanco et al. (2015), "Online and Non-Parametric Drift \
      Detection Methods Based on Hoeffding's Bounds".
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("error", pattern),
          .constant("drift_confidence", 0.001),
          .constant("lambda", 0.05),
          .twoSided,
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = HDDMW.Settings()
        settings.driftConfidence = try call.constantShare(1, "drift_confidence")
        settings.lambda = try call.constantShare(2, "lambda")
        settings.isTwoSided = call.arguments[3].constantValue == .bool(true)
        return try call.detected(HDDMW(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 400), fn (i) => {i: i, error: if i < 200 then i % 10 == 0 else i % 2 == 0})) | window hit = hddm_w(error) sort i | where hit | select i",
        "236"),
      Example(
        "table([{error: null}, {error: nan}]) | window hit = hddm_w(error) | summarize count_if(hit)",
        "0"),
      Example(
        "table([{error: true}]) | where not error | window hit = hddm_w(error) | summarize count()",
        "0"),
      Example(
        "table([{error: true}]) | window hit = hddm_w(error, lambda = 1.0)",
        "error: `lambda` must be between 0 and 1, not 1.0"),
    ])
}
