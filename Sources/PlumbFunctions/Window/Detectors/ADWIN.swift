import PlumbColumns
import PlumbStatistics

extension WindowFunction {
  static let adwin = WindowFunction(
    "adwin",
    summary: "Whether the mean of a stream has changed, by adaptive windowing (ADWIN).",
    details: """
      Use it where neither the size nor the time of a change is known. Keeps a window of the \
      stream as long as no two parts of it differ in their means by more than chance allows. Sees \
      rises and falls, of numbers or of bits; needs no scale. `delta` is the confidence: the less, \
      the rarer false alarms. A change is looked for every `clock` rows, in buckets of which \
      `max_buckets` have one size, both parts having `min_window_length` rows and the window more \
      than `grace_period`.

      \(detectorRowsAsRiver) Cite Bifet and Gavaldà (2007), "Learning from Time-Changing Data with \
      Adaptive Windowing".
      """,
    overloads: Parameter.streamPatterns.map { pattern in
      Overload(
        [
          Parameter("x", pattern),
          .constant("delta", 0.002),
          .constant("clock", 32),
          .constant("max_buckets", 5),
          .constant("min_window_length", 5),
          .constant("grace_period", 10),
        ], result: .always(.bool)
      ) { (call) throws(FunctionError) in
        var settings = ADWIN.Settings()
        settings.delta = try call.constantShare(1, "delta")
        settings.clock = try call.constantCount(2, "clock", least: 1)
        settings.maxBuckets = try call.constantCount(3, "max_buckets", least: 2)
        settings.minWindowLength = try call.constantCount(4, "min_window_length", least: 1)
        settings.gracePeriod = try call.constantCount(5, "grace_period", least: 1)
        return try call.detected(ADWIN(settings))
      }
    },
    examples: [
      Example(
        "table(map(range(0, 200), fn (i) => {i: i, x: if i < 100 then 0.0 else 9.0})) | window hit = adwin(x) sort i | where hit | select i",
        "127"),
      Example(
        "table([{x: null}, {x: nan}]) | window hit = adwin(x) | summarize count_if(hit)", "0"),
      Example(
        "table([{x: 1.0}]) | where x > 1 | window hit = adwin(x) | summarize count()", "0"),
      Example(
        "table([{x: 1.0}]) | window hit = adwin(x, delta = 2.0)",
        "error: `delta` must be between 0 and 1, not 2.0"),
    ])
}
