import PlumbColumns

/// Heat maps: a field for each pair of x and y, colored by a number.
extension SceneBuilder {
  /// An axis in equal parts.
  private struct Grid {
    let scale: Scale
    let count: Int
    let kind: ChannelValues.Kind

    func index(_ value: Double) -> Int { scale.part(of: value, among: count) }
  }

  mutating func addHeatmap() throws(RunControl.Interruption) {
    guard let x = try grid(.x), let y = try grid(.y) else { return }
    let colors = try values(.color)
    addPanels(
      x: x.grid.scale, y: y.grid.scale, xTitle: x.values.axisTitle(title(.x)),
      yTitle: y.values.axisTitle(title(.y)))
    var sums: [Int: [Double]] = [:]
    var counts: [Int: [Int]] = [:]
    let size = x.grid.count * y.grid.count
    for group in try groups() {
      var panelSums = sums[group.facet] ?? Array(repeating: 0, count: size)
      var panelCounts = counts[group.facet] ?? Array(repeating: 0, count: size)
      for row in group.rows.map(Int.init) {
        if row & 0xFFFF == 0 { try control.check() }
        let place = (x.values.numbers[row], y.values.numbers[row])
        let number = colors?.numbers[row] ?? 1
        guard isDrawn(place.0, x.grid.kind, isLog: false),
          isDrawn(place.1, y.grid.kind, isLog: false), number.isFinite
        else {
          skippedRows += 1
          continue
        }
        let index = y.grid.index(place.1) * x.grid.count + x.grid.index(place.0)
        panelSums[index] += number
        panelCounts[index] += 1
      }
      sums[group.facet] = panelSums
      counts[group.facet] = panelCounts
    }
    addCells(sums, counts, x.grid, y.grid, isMean: colors != nil)
  }

  private mutating func addCells(
    _ sums: [Int: [Double]], _ counts: [Int: [Int]], _ x: Grid, _ y: Grid, isMean: Bool
  ) {
    func number(_ panel: Int, _ index: Int) -> Double? {
      guard let count = counts[panel]?[index], count > 0, let sum = sums[panel]?[index] else {
        return nil
      }
      return isMean ? sum / Double(count) : sum
    }
    var extent = Extent()
    for panel in scene.panels.indices {
      for index in 0..<x.count * y.count { extent.include(number(panel, index) ?? .nan) }
    }
    for panel in scene.panels.indices {
      var cells: [Mark.Cell] = []
      for index in 0..<x.count * y.count {
        guard let value = number(panel, index) else { continue }
        let share = share(value, extent)
        cells.append(
          Mark.Cell(
            x: x.scale.part(index % x.count, of: x.count),
            y: y.scale.part(index / x.count, of: y.count), value: value, share: share,
            paint: .gradient(share)))
      }
      add(.cells(cells), to: panel)
    }
    guard extent.low <= extent.high else { return }
    scene.legend = Scene.Legend(
      title: isMean ? title(.color) : "count",
      content: .gradient(
        low: extent.low, high: extent.high, lowLabel: AxisText.value(extent.low),
        highLabel: AxisText.value(extent.high)))
  }

  /// The values of an axis and its parts: categories, or bins where there are too many numbers.
  private mutating func grid(
    _ channel: ChartChannel
  ) throws(RunControl.Interruption) -> (values: ChannelValues, grid: Grid)? {
    guard let values = try values(channel) else { return nil }
    var distinct = Set<Double>()
    for number in values.numbers where number.isFinite {
      distinct.insert(number)
      if distinct.count > 40 { break }
    }
    if values.kind.isCategory || distinct.count <= 40 {
      guard let values = try self.values(channel, asCategories: true) else { return nil }
      noteCategories(values.kind, channel.rawValue)
      let scale =
        channel == .y
        ? verticalScale(values.kind, low: 0, high: 0) : scale(values.kind, low: 0, high: 0)
      let count = max(1, scale.labels?.count ?? 1)
      return (values, Grid(scale: scale, count: count, kind: values.kind))
    }
    var extent = Extent()
    values.numbers.forEach { extent.include($0) }
    let count = specification.bins ?? (channel == .x ? 40 : 25)
    let scale = scale(values.kind, low: extent.low, high: extent.high, isRound: true)
    return (values, Grid(scale: scale, count: count, kind: values.kind))
  }
}
