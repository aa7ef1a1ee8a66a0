import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let hddmA = WindowFunction(
    "hddm_a",
    summary: "Whether the rate of errors has risen, by Hoeffding's bound on means (HDDM_A).",
    details: """
      Use it on mistakes that become more at once, with few false alarms. `error` is true or 1 for \
      a mistake, or any number between 0 and 1. The mean of all rows against that up to the best \
      cut: made for abrupt change. `drift_confidence` is the probability of a false alarm at a \
      cut; with `two_sided = true` a fall is a change too.

      \(detectorRowsAsRiver) Cite Frías-Blanco et al. (2015), "Online and Non-Parametric Drift \
      Detection Methods Based on Hoeffding's Bounds".
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("error", pattern),
          .constant("drift_confidence", 0.001),
          .twoSided,
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = HDDMA.Settings()
        settings.driftConfidence = try call.constantShare(1, "drift_confidence")
        settings.isTwoSided = call.arguments[2].constantValue == .bool(true)
        return try call.detected(HDDMA(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 400), fn (i) => {i: i, error: if i < 200 then i % 10 == 0 else i % 2 == 0})) | window hit = hddm_a(error) sort i | where hit | select i",
        "224"),
      Example(
        "table([{error: null}, {error: nan}]) | window hit = hddm_a(error) | summarize count_if(hit)",
        "0"),
      Example(
        "table([{error: true}]) | where not error | window hit = hddm_a(error) | summarize count()",
        "0"),
      Example(
        "table([{error: true}]) | window hit = hddm_a(error, drift_confidence = 0.0)",
        "error: `drift_confidence` must be between 0 and 1, not 0.0"),
    ])
}
