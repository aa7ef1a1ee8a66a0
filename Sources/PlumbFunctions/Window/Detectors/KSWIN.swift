import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let kswin = WindowFunction(
    "kswin",
    summary: "Whether the distribution of a stream has changed, by Kolmogorov-Smirnov windowing.",
    details: """
      Use it where the spread or the shape may change and the mean may not. The newest `stat_size` \
      rows against as many drawn from the older ones of the last `window_size`, at every row: a \
      change is found when `ks_p` is at most `alpha` and `ks` above 0.1. Sees changes of spread \
      and shape too. So many tests raise false alarms: keep `alpha` small. The draw is fixed by \
      `seed`; it is not River's, but where `window_size` is twice `stat_size` nothing is left to \
      it and both fire on the same rows.

      \(detectorRows) Cite Raab, Heusinger and Schleif (2020).
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("x", pattern),
          .constant("alpha", 0.005),
          .constant("window_size", 100),
          .constant("stat_size", 30),
          .constant("seed", 1),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = KSWIN.Settings()
        settings.alpha = try call.constantShare(1, "alpha")
        settings.statSize = try call.constantCount(3, "stat_size", least: 2, most: 10_000)
        settings.windowSize = try call.constantCount(
          2, "window_size", least: 2 * settings.statSize, most: 100_000)
        settings.seed = UInt64(bitPattern: Int64(try call.constantInt(4, "seed")))
        return try call.detected(KSWIN(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 200), fn (i) => {i: i, x: if i < 100 then 0.0 else 9.0})) | window hit = kswin(x) sort i | where hit | select i",
        "113"),
      Example(
        "table([{x: null}, {x: nan}]) | window hit = kswin(x) | summarize count_if(hit)", "0"),
      Example(
        "table([{x: 1.0}]) | where x > 1 | window hit = kswin(x) | summarize count()", "0"),
      Example(
        "table([{x: 1.0}]) | window hit = kswin(x, window_size = 20)",
        "error: `window_size` must be at least 60, not 20"),
    ])
}
