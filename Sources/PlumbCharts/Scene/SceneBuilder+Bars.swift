import PlumbColumns
import PlumbDiagnostics

/// Bars: a number for each value of x, of each color.
extension SceneBuilder {
  /// More bars than this cannot be told apart.
  private static let barLimit = 600

  /// Draws the bars of all rows; those of one place and color are summed up.
  mutating func addBars() throws(RunControl.Interruption) {
    guard let xs = try values(.x), let ys = try values(.y) else { return }
    var sums = try barSums(xs, ys)
    noteCategories(xs.kind, "x")
    let width = barWidth(xs.kind, sums.order.map(\.x))
    sums.order = highest(sums.order, sums.totals, xs.kind, sums.xExtent)
    let bars = placedBars(sums, width: width, areCategories: xs.kind.isCategory)
    var yExtent = Extent()
    yExtent.include(specification.yIsLog ? .nan : 0)
    for (_, bar) in bars { yExtent.include(bar.top) }
    for (_, interval) in sums.intervals {
      yExtent.include(interval.low)
      yExtent.include(interval.high)
    }
    for value in specification.yLines { yExtent.include(value) }
    addPanels(
      x: scale(
        xs.kind, low: sums.xExtent.low - width / 2, high: sums.xExtent.high + width / 2),
      y: scale(
        ys.kind, low: yExtent.low, high: yExtent.high, isLog: specification.yIsLog, isRound: true),
      xTitle: xs.axisTitle(title(.x)), yTitle: ys.axisTitle(title(.y)))
    for index in scene.panels.indices {
      let base = scene.panels[index].y.low
      add(
        .bars(
          bars.filter { $0.panel == index }.map {
            var bar = $0.bar
            // A logarithmic axis has no zero to stand on.
            if specification.yIsLog, bar.base <= 0 { bar.base = base }
            return bar
          }), to: index)
      let strokes = sums.intervals.filter { $0.panel == index }.map(\.interval)
      if !strokes.isEmpty { add(.intervals(strokes), to: index) }
    }
    addLegend()
  }

  private struct BarKey: Hashable {
    let facet: Int
    let x: Double
    let color: Int
  }

  /// What the rows give for the bars.
  private struct BarSums {
    var totals: [BarKey: Double] = [:]
    /// The keys, in the order in which they first occur.
    var order: [BarKey] = []
    var intervals: [(panel: Int, interval: Mark.Interval)] = []
    var xExtent = Extent()
  }

  private mutating func barSums(
    _ xs: ChannelValues, _ ys: ChannelValues
  ) throws(RunControl.Interruption) -> BarSums {
    let low = try values(.low)
    let high = try values(.high)
    var sums = BarSums()
    for group in try groups() {
      try control.check()
      for row in group.rows.map(Int.init) {
        let x = xs.numbers[row]
        let y = ys.numbers[row]
        guard isDrawn(x, xs.kind, isLog: false), y.isFinite else {
          skippedRows += 1
          continue
        }
        sums.xExtent.include(x)
        let key = BarKey(facet: group.facet, x: x, color: group.color)
        if sums.totals[key] == nil { sums.order.append(key) }
        sums.totals[key, default: 0] += y
        guard let low = low?.numbers[row], let high = high?.numbers[row], low.isFinite,
          high.isFinite
        else { continue }
        sums.intervals.append(
          (group.facet, Mark.Interval(x: x, low: low, high: high, paint: .other)))
      }
    }
    return sums
  }

  /// The bars where they stand: those of one place on each other, or beside each other.
  private func placedBars(
    _ sums: BarSums, width: Double, areCategories: Bool
  ) -> [(panel: Int, bar: Mark.Bar)] {
    let colors = Set(sums.order.map(\.color)).sorted()
    let isStacked = specification.isStacked || colors.count < 2
    var bars: [(panel: Int, bar: Mark.Bar)] = []
    var tops: [BarKey: (positive: Double, negative: Double)] = [:]
    for key in sums.order.sorted(by: { ($0.color, $0.x) < ($1.color, $1.x) }) {
      let value = sums.totals[key] ?? 0
      // Infinities of both signs have no sum.
      if value.isNaN || specification.yIsLog && value <= 0 { continue }
      var bar = Mark.Bar(
        left: key.x - width / 2, right: key.x + width / 2, base: 0, top: value,
        paint: paint(key.color), name: name(key.color),
        category: areCategories ? Int(key.x) : nil)
      if isStacked {
        let place = BarKey(facet: key.facet, x: key.x, color: 0)
        let before = tops[place] ?? (0, 0)
        bar.base = value < 0 ? before.negative : before.positive
        bar.top = bar.base + value
        tops[place] = value < 0 ? (before.positive, bar.top) : (bar.top, before.negative)
      } else if let index = colors.firstIndex(of: key.color) {
        let part = width / Double(colors.count)
        bar.left = key.x - width / 2 + Double(index) * part
        bar.right = bar.left + part
      }
      bars.append((key.facet, bar))
    }
    return bars
  }

  /// Four fifths of the distance of neighbouring bars.
  private func barWidth(_ kind: ChannelValues.Kind, _ xs: [Double]) -> Double {
    if kind.isCategory { return 0.8 }
    let sorted = Set(xs).sorted()
    let gap = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min()
    if let gap { return gap * 0.8 }
    if case .time = kind { return 0.8 * Double(CivilTime.microsecondsPerDay) }
    return 0.8
  }

  /// Of very many bars those that are the highest of their part of the axis.
  private mutating func highest(
    _ keys: [BarKey], _ sums: [BarKey: Double], _ kind: ChannelValues.Kind, _ extent: Extent
  ) -> [BarKey] {
    let xs = Set(keys.map(\.x))
    guard !kind.isCategory, xs.count > Self.barLimit, extent.low < extent.high else { return keys }
    notes.append(
      "\(counted(xs.count, "bar")): of each of \(Self.barLimit) parts the highest is shown")
    var totals: [Double: Double] = [:]
    for key in keys { totals[key.x, default: 0] += abs(sums[key] ?? 0) }
    var best: [Int: Double] = [:]
    let axis = Scale(.linear, low: extent.low, high: extent.high)
    for (x, total) in totals {
      let part = Int(axis.position(x) * Double(Self.barLimit))
      guard let other = best[part] else {
        best[part] = x
        continue
      }
      let rival = totals[other] ?? 0
      // Of equal ones the leftmost, so that the picture is the same each time.
      if total > rival || (total == rival && x < other) { best[part] = x }
    }
    let kept = Set(best.values)
    return keys.filter { kept.contains($0.x) }
  }
}
