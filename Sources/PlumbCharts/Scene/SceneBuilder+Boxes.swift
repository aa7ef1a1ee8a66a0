import PlumbColumns

/// Boxes: the quartiles of y for each value of x.
extension SceneBuilder {
  /// Outliers of a box that are drawn.
  private static let outlierLimit = 100

  mutating func addBoxes() throws(RunControl.Interruption) {
    guard let ys = try values(.y) else { return }
    let xs = try values(.x, asCategories: true)
    var samples: [BoxKey: [Double]] = [:]
    var yExtent = Extent()
    for group in try groups() {
      try control.check()
      for row in group.rows.map(Int.init) {
        let x = xs?.numbers[row] ?? 0
        let y = ys.numbers[row]
        guard isDrawn(x, .category([]), isLog: false),
          isDrawn(y, ys.kind, isLog: specification.yIsLog)
        else {
          skippedRows += 1
          continue
        }
        yExtent.include(y)
        samples[BoxKey(facet: group.facet, x: Int(x), color: group.color), default: []].append(y)
      }
    }
    if let xs { noteCategories(xs.kind, "x") }
    for value in specification.yLines { yExtent.include(value) }
    addPanels(
      x: xs.map { scale($0.kind, low: 0, high: 0) } ?? .categories([""]),
      y: scale(
        ys.kind, low: yExtent.low, high: yExtent.high, isLog: specification.yIsLog, isRound: true),
      xTitle: title(.x), yTitle: ys.axisTitle(title(.y)))
    let colors = Set(samples.keys.map(\.color)).sorted()
    // Where x and color are the same, each box has its place to itself.
    let isDodged = Set(samples.keys.map { [$0.facet, $0.x] }).count < samples.count
    for panel in scene.panels.indices {
      let keys = samples.keys.filter { $0.facet == panel }
        .sorted { ($0.x, $0.color) < ($1.x, $1.color) }
      var boxes: [Mark.Box] = []
      for key in keys {
        try control.check()
        var left = Double(key.x) - 0.3
        var width = 0.6
        if isDodged, let index = colors.firstIndex(of: key.color) {
          width = 0.8 / Double(colors.count)
          left = Double(key.x) - 0.4 + Double(index) * width
        }
        boxes.append(
          box(
            (samples[key] ?? []).sorted(), from: left, to: left + width * (isDodged ? 0.9 : 1),
            color: key.color, x: key.x))
      }
      add(.boxes(boxes), to: panel)
    }
    addLegend()
  }

  private struct BoxKey: Hashable {
    let facet: Int
    let x: Int
    let color: Int
  }

  private func box(
    _ sorted: [Double], from left: Double, to right: Double, color: Int, x: Int
  ) -> Mark.Box {
    let lower = Self.quantile(sorted, 0.25)
    let upper = Self.quantile(sorted, 0.75)
    let reach = 1.5 * (upper - lower)
    let low = sorted.first { $0 >= lower - reach } ?? lower
    let high = sorted.last { $0 <= upper + reach } ?? upper
    var outliers = sorted.filter { $0 < low || $0 > high }
    if outliers.count > Self.outlierLimit {
      // Evenly many of them, the extremes included.
      let last = Double(outliers.count - 1)
      outliers = (0..<Self.outlierLimit).map {
        outliers[Int(last * Double($0) / Double(Self.outlierLimit - 1))]
      }
    }
    return Mark.Box(
      left: left, right: right, low: low, lowerQuartile: lower,
      median: Self.quantile(sorted, 0.5), upperQuartile: upper, high: high, outliers: outliers,
      count: sorted.count, paint: paint(color), name: name(color), category: x)
  }

  /// The quantile of sorted numbers, interpolated linearly between neighbours.
  private static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    guard let first = sorted.first else { return .nan }
    guard sorted.count > 1 else { return first }
    let place = p * Double(sorted.count - 1)
    let index = min(sorted.count - 2, Int(place))
    let fraction = place - Double(index)
    return sorted[index] * (1 - fraction) + sorted[index + 1] * fraction
  }
}
