import PlumbColumns

/// Empirical distribution functions: the share of values at most x.
extension SceneBuilder {
  /// The steps of a curve that are drawn.
  private static let stepLimit = 500

  mutating func addDistribution() throws(RunControl.Interruption) {
    guard let xs = try values(.x) else { return }
    var curves: [(group: Group, sorted: [Double])] = []
    var extent = Extent()
    for group in try groups() {
      try control.check()
      var sample: [Double] = []
      sample.reserveCapacity(group.rows.count)
      for row in group.rows {
        let x = xs.numbers[Int(row)]
        if isDrawn(x, xs.kind, isLog: specification.xIsLog) { sample.append(x) }
      }
      skippedRows += group.rows.count - sample.count
      sample.sort()
      extent.include(sample.first ?? .nan)
      extent.include(sample.last ?? .nan)
      if !sample.isEmpty { curves.append((group, sample)) }
    }
    for value in specification.xLines { extent.include(value) }
    addPanels(
      x: scale(xs.kind, low: extent.low, high: extent.high, isLog: specification.xIsLog),
      y: Scale(.linear, low: 0, high: 1), xTitle: xs.axisTitle(title(.x)),
      yTitle: "share of values")
    for (group, sorted) in curves {
      add(
        .line(
          Mark.Line(
            points: Self.steps(sorted), paint: paint(group.color), name: name(group.color))),
        to: group.facet)
    }
    addLegend()
  }

  /// The stairs of a sorted sample: a tread at each of its distinct values, or of some quantiles.
  private static func steps(_ sorted: [Double]) -> [Point] {
    let count = sorted.count
    let stride = max(1, count / stepLimit)
    var points = [Point(x: sorted[0], y: 0)]
    var index = 0
    while index < count {
      // All equal values step at once.
      var end = min(index + stride, count)
      while end < count, sorted[end] == sorted[end - 1] { end += 1 }
      let x = sorted[end - 1]
      points.append(Point(x: x, y: points[points.count - 1].y))
      points.append(Point(x: x, y: Double(end) / Double(count)))
      index = end
    }
    return points
  }
}
