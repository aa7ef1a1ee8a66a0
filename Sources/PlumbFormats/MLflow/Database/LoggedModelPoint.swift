import PlumbColumns

/// A point of a logged model's metric as stores have it: without a flag for NaN, in whose place
/// databases hold 0. The same point is in the history of the run, with the flag.
struct LoggedModelPoint: Sendable {
  /// The model's position among those that were read.
  let model: Int
  let place: Place
  let value: Double?

  /// Where the point is found in the history.
  struct Place: Hashable, Sendable {
    let key: String
    let milliseconds: Int
    let step: Int
    let run: String
  }
}

extension [LoggedModelRecord] {
  /// Gives each model the last value of each of its metrics.
  ///
  /// - Parameter areNaN: Tells of points with the value 0 which of them are NaN.
  mutating func setMetrics(
    _ points: [LoggedModelPoint],
    areNaN: ([LoggedModelPoint]) throws(ImportError) -> [Bool]
  ) throws(ImportError) {
    let zeros = points.indices.filter { points[$0].value == 0 }
    let flags = zeros.isEmpty ? [] : try areNaN(zeros.map { points[$0] })
    let missing = Set(zip(zeros, flags).filter(\.1).map(\.0))
    for (index, point) in points.enumerated() {
      let isNaN = point.value == nil || missing.contains(index)
      let metric = MetricPoint(
        value: metricValue(point.value ?? .nan, isNaN: isNaN), step: point.place.step,
        timestamp: microseconds(milliseconds: point.place.milliseconds) ?? 0)
      let key = point.place.key
      if self[point.model].metrics[key].map({ metric.isLater(than: $0) }) ?? true {
        self[point.model].metrics[key] = metric
      }
    }
  }
}
