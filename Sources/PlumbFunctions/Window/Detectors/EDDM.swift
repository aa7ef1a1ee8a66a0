import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let eddm = WindowFunction(
    "eddm",
    summary:
      "Whether errors come at shorter distances, by the early drift detection method (EDDM).",
    details: """
      Use it on the mistakes of a classifier that grows worse slowly. `error` is true or 1 for a \
      mistake. A change is found when the mean and spread of the rows between errors have shrunk \
      below `beta` of their greatest, not before `warm_start` errors. Sees gradual change early, \
      and raises many false alarms.

      \(detectorRowsAsRiver) Cite Baena-García et al. (2006), "Early Drift Detection Method".
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("error", pattern),
          .constant("beta", 0.9),
          .constant("warm_start", 30),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = EDDM.Settings()
        settings.beta = try call.constantShare(1, "beta")
        settings.warmStart = try call.constantCount(2, "warm_start", least: 1)
        return try call.detected(EDDM(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 400), fn (i) => {i: i, error: if i < 200 then i % 10 == 0 else i % 2 == 0})) | window hit = eddm(error, warm_start = 10) sort i | where hit | select i",
        """
        ┌─────┐
        │   i │
        │ int │
        ├─────┤
        │ 100 │
        │ 226 │
        └─────┘
        2 rows
        """),
      Example(
        "table([{error: null}, {error: nan}]) | window hit = eddm(error) | summarize count_if(hit)",
        "0"),
      Example(
        "table([{error: true}]) | where not error | window hit = eddm(error) | summarize count()",
        "0"),
      Example(
        "table([{error: true}]) | window hit = eddm(error, beta = 2.0)",
        "error: `beta` must be between 0 and 1, not 2.0"),
    ])
}
