import PlumbColumns
import PlumbDiagnostics

/// Lines and clouds of points: what has a value on each axis.
extension SceneBuilder {
  /// The points of a group.
  struct Trace {
    let facet: Int
    let color: Int
    var points: [Point]
    /// The ends of the band at each point; empty without one.
    var low: [Double] = []
    var high: [Double] = []
    /// The numbers of a gradient of colors; empty without one.
    var shades: [Double] = []
  }

  /// The lines that are drawn; more would be a blot.
  private static let lineLimit = 500

  mutating func addLines() throws(RunControl.Interruption) {
    var traces = try traces()
    if traces.count > Self.lineLimit {
      notes.append("\(Self.lineLimit) of \(traces.count) lines shown")
      traces.removeLast(traces.count - Self.lineLimit)
    }
    for trace in traces {
      try control.check()
      let trace = trace.sortedByX()
      let x = scene.panels[trace.facet].x
      let paint = paint(trace.color)
      let name = name(trace.color)
      if !trace.low.isEmpty { add(.band(band(trace, paint, name)), to: trace.facet) }
      func line(_ points: [Point], _ weight: Mark.Line.Weight) -> Mark {
        let few = decimated(points, buckets: Self.lineBuckets, scale: x)
        return .line(Mark.Line(points: few, paint: paint, weight: weight, name: name))
      }
      if let count = specification.smooth {
        add(line(trace.points, .faint), to: trace.facet)
        add(line(movingMean(trace.points, count: count), .strong), to: trace.facet)
      } else {
        add(line(trace.points, .normal), to: trace.facet)
      }
    }
    addLegend()
  }

  mutating func addPoints() throws(RunControl.Interruption) {
    let traces = try traces()
    let count = traces.reduce(0) { $0 + $1.points.count }
    let shades = extent(of: traces)
    if count > Self.pointLimit {
      notes.append(
        colors == nil && column(.color) != nil
          ? "about \(Self.pointLimit) of \(counted(count, "point")) shown"
          : "\(counted(count, "point")) shown by how dense they lie")
    }
    for trace in traces {
      try control.check()
      if count > Self.pointLimit, trace.shades.isEmpty {
        addDensity(trace)
      } else {
        add(.points(points(trace, shades, total: count)), to: trace.facet)
      }
      if let count = specification.smooth {
        let smooth = movingMean(trace.sortedByX().points, count: count)
        let few = decimated(
          smooth, buckets: Self.lineBuckets, scale: scene.panels[trace.facet].x)
        add(
          .line(
            Mark.Line(
              points: few, paint: paint(trace.color), weight: .strong, name: name(trace.color))),
          to: trace.facet)
      }
    }
    addLegend()
    if column(.color) != nil, colors == nil { addGradientLegend(shades) }
  }

  /// More points than this become a picture of how dense they lie.
  private static var pointLimit: Int { 4000 }

  mutating func add(_ mark: Mark, to panel: Int) { scene.panels[panel].marks.append(mark) }

  // MARK: Points of groups

  /// The points of the groups, and the panels with axes that hold them.
  private mutating func traces() throws(RunControl.Interruption) -> [Trace] {
    guard let xs = try values(.x), let ys = try values(.y) else { return [] }
    let low = try values(.low)
    let high = try values(.high)
    let shades = colors == nil ? try values(.color) : nil
    var traces: [Trace] = []
    var xExtent = Extent()
    var yExtent = Extent()
    for group in try groups() {
      try control.check()
      var trace = Trace(facet: group.facet, color: group.color, points: [])
      trace.points.reserveCapacity(group.rows.count)
      for row in group.rows {
        let row = Int(row)
        let x = xs.numbers[row]
        let y = ys.numbers[row]
        guard isDrawn(x, xs.kind, isLog: specification.xIsLog),
          isDrawn(y, ys.kind, isLog: specification.yIsLog)
        else {
          skippedRows += 1
          continue
        }
        trace.points.append(Point(x: x, y: y))
        xExtent.include(x)
        yExtent.include(y)
        if let low, let high {
          // Where the band has no end, it is as thin as the line.
          let ends = [low.numbers[row], high.numbers[row]].map {
            isDrawn($0, ys.kind, isLog: specification.yIsLog) ? $0 : y
          }
          trace.low.append(ends[0])
          trace.high.append(ends[1])
          yExtent.include(ends[0])
          yExtent.include(ends[1])
        }
        if let shades { trace.shades.append(shades.numbers[row]) }
      }
      if !trace.points.isEmpty { traces.append(trace) }
    }
    for value in specification.xLines { xExtent.include(value) }
    for value in specification.yLines { yExtent.include(value) }
    noteCategories(xs.kind, "x")
    noteCategories(ys.kind, "y")
    addPanels(
      x: scale(
        xs.kind, low: xExtent.low, high: xExtent.high, isLog: specification.xIsLog,
        isRound: specification.kind == .scatter),
      y: verticalScale(
        ys.kind, low: yExtent.low, high: yExtent.high, isLog: specification.yIsLog, isRound: true),
      xTitle: xs.axisTitle(title(.x)), yTitle: ys.axisTitle(title(.y)))
    return traces
  }

  /// Whether an axis has a place for a value.
  func isDrawn(_ value: Double, _ kind: ChannelValues.Kind, isLog: Bool) -> Bool {
    guard value.isFinite else { return false }
    if kind.isCategory { return value >= 0 && value < Double(Self.categoryLimit) }
    return !isLog || value > 0
  }

  /// Says how many categories an axis has no place for.
  mutating func noteCategories(_ kind: ChannelValues.Kind, _ axis: String) {
    guard case .category(let labels) = kind, labels.count > Self.categoryLimit else { return }
    notes.append("\(Self.categoryLimit) of \(labels.count) values of \(axis) shown")
  }

  private func band(_ trace: Trace, _ paint: Paint, _ name: String) -> Mark.Band {
    // The band is decimated by its own peaks: the points of both lines are needed at the same x.
    let stride = max(1, trace.points.count / (2 * Self.lineBuckets))
    var low: [Point] = []
    var high: [Point] = []
    for start in Swift.stride(from: 0, to: trace.points.count, by: stride) {
      let end = min(start + stride, trace.points.count)
      let x = trace.points[start].x
      low.append(Point(x: x, y: trace.low[start..<end].min() ?? 0))
      high.append(Point(x: x, y: trace.high[start..<end].max() ?? 0))
    }
    return Mark.Band(low: low, high: high, paint: paint, name: name)
  }

  // MARK: Shades and densities

  private func extent(of traces: [Trace]) -> Extent {
    var extent = Extent()
    for trace in traces { trace.shades.forEach { extent.include($0) } }
    return extent
  }

  private func points(_ trace: Trace, _ shades: Extent, total: Int) -> Mark.Points {
    var points = trace.points
    var values = trace.shades
    if points.count > Self.pointLimit {
      // Points with a number each cannot be counted together: every so many-th is drawn.
      let step = (points.count + Self.pointLimit - 1) / Self.pointLimit
      points = stride(from: 0, to: points.count, by: step).map { trace.points[$0] }
      values = stride(from: 0, to: values.count, by: step).map { trace.shades[$0] }
    }
    let paints = values.map { value -> Paint in
      value.isNaN ? .other : .gradient(share(value, shades))
    }
    return Mark.Points(
      points: points, paint: paint(trace.color), values: values, paints: paints,
      name: name(trace.color), isFaint: specification.smooth != nil)
  }

  func share(_ value: Double, _ extent: Extent) -> Double {
    guard extent.low < extent.high else { return 0.5 }
    // An infinite end is the end; a quotient of infinities would be NaN.
    if value >= extent.high { return 1 }
    return Scale(.linear, low: extent.low, high: extent.high).position(value)
  }

  mutating func addGradientLegend(_ extent: Extent) {
    guard extent.low <= extent.high, let column = column(.color) else { return }
    func label(_ value: Double) -> String {
      switch column.type {
      case .timestamp:
        var text = TextBuffer()
        TimestampText.appendDate(
          CivilTime(microseconds: zone.local(Int(max(-8e18, min(value, 8e18))))).date, to: &text)
        return text.string
      case .duration: return AxisText.value(value) + " s"
      default: return AxisText.value(value)
      }
    }
    scene.legend = Scene.Legend(
      title: title(.color),
      content: .gradient(
        low: extent.low, high: extent.high, lowLabel: label(extent.low),
        highLabel: label(extent.high)))
  }

  private mutating func addDensity(_ trace: Trace) {
    let panel = scene.panels[trace.facet]
    let columns = panel.x.labels.map { max(1, $0.count) } ?? 120
    let rows = panel.y.labels.map { max(1, $0.count) } ?? 80
    let cells = densityCells(trace.points, columns: columns, rows: rows, x: panel.x, y: panel.y)
    let most = Double(cells.map(\.count).max() ?? 1)
    add(
      .cells(
        cells.map { cell in
          Mark.Cell(
            x: panel.x.part(cell.column, of: columns), y: panel.y.part(cell.row, of: rows),
            value: Double(cell.count),
            share: most > 1 ? log10(Double(cell.count)) / log10(most) : 1,
            paint: paint(trace.color), name: name(trace.color))
        }), to: trace.facet)
  }
}

extension SceneBuilder.Trace {
  /// The points from left to right; those of equal x in their old order.
  fileprivate func sortedByX() -> SceneBuilder.Trace {
    if zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x }) { return self }
    // The standard library's sort is stable.
    let order = points.indices.sorted { points[$0].x < points[$1].x }
    var sorted = self
    sorted.points = order.map { points[$0] }
    if !low.isEmpty {
      sorted.low = order.map { low[$0] }
      sorted.high = order.map { high[$0] }
    }
    return sorted
  }
}

extension Scale {
  /// The part of `count` equal ones into which a value falls; of categories, the value itself.
  func part(of value: Double, among count: Int) -> Int {
    let part = labels == nil ? position(value) * Double(count) : value.rounded()
    return Int(max(0, min(Double(count - 1), part)))
  }

  /// The values of one of `count` parts of equal length of the axis.
  func part(_ index: Int, of count: Int) -> ClosedRange<Double> {
    if labels != nil { return Double(index) - 0.5...Double(index) + 0.5 }
    let lower = value(at: Double(index) / Double(count))
    return lower...max(lower, value(at: Double(index + 1) / Double(count)))
  }

  /// The value at a position from 0 to 1.
  func value(at position: Double) -> Double {
    switch kind {
    // Powers of logarithms of the ends may miss them.
    case .log: max(low, min(high, pow10(log10(low) + position * (log10(high) - log10(low)))))
    case .linear, .time, .category: low * (1 - position) + high * position
    }
  }
}
