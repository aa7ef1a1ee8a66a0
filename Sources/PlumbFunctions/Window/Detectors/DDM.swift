import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let ddm = WindowFunction(
    "ddm",
    summary: "Whether the rate of errors has risen, by the drift detection method (DDM).",
    details: """
      Use it on the mistakes of a classifier whose labels come at once. `error` is true or 1 for a \
      mistake. A change is found when the rate of errors so far and its standard deviation exceed \
      their least by `drift_threshold` standard deviations, not before `warm_start` rows. Slow to \
      see gradual change.

      \(detectorRowsAsRiver) Cite Gama et al. (2004), "Learning with Drift Detection".
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("error", pattern),
          .constant("drift_threshold", 3.0),
          .constant("warm_start", 30),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = DDM.Settings()
        settings.driftThreshold = try call.constantNumber(
          1, "drift_threshold", { $0 > 0 }, "above 0")
        settings.warmStart = try call.constantCount(2, "warm_start", least: 1)
        return try call.detected(DDM(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 400), fn (i) => {i: i, error: if i < 200 then i % 10 == 0 else i % 2 == 0})) | window hit = ddm(error) sort i | where hit | select i",
        "222"),
      Example(
        "table([{error: null}, {error: nan}]) | window hit = ddm(error) | summarize count_if(hit)",
        "0"),
      Example(
        "table([{error: true}]) | where not error | window hit = ddm(error) | summarize count()",
        "0"),
      Example(
        "table([{error: true}]) | window hit = ddm(error, drift_threshold = 0.0)",
        "error: `drift_threshold` must be above 0, not 0.0"),
    ])
}
