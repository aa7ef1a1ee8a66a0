import PlumbDiagnostics

/// One panel of a chart in characters. The ways of drawing stand in extensions.
struct PanelDrawing {
  let panel: Scene.Panel
  let chart: TerminalChart
  let width: Int
  /// The rows in which marks are drawn.
  let plotRows: Int
  let style: Style

  /// How a panel is laid out.
  enum Style {
    /// Values on both axes, dots between them.
    case dots
    /// A row for each category of x, values from left to right.
    case rows([RowItem])
    /// The axes of parallel coordinates.
    case parallel
  }

  init(_ panel: Scene.Panel, of chart: TerminalChart, width: Int) {
    self.panel = panel
    self.chart = chart
    self.width = width
    let isAlone = chart.scene.panels.count == 1
    if !panel.dimensions.isEmpty {
      style = .parallel
      plotRows = 16
    } else if panel.x.labels != nil, chart.scene.kind == .bar || chart.scene.kind == .box {
      let items = Self.rowItems(panel)
      style = .rows(items)
      plotRows = max(1, items.count)
    } else {
      style = .dots
      if let labels = panel.y.labels {
        // Categories take as many rows as they need, at least one each.
        plotRows = labels.count * max(1, min(3, 12 / max(1, labels.count)))
      } else {
        plotRows = isAlone ? 16 : 9
      }
    }
  }

  /// The rows that the panel takes with its titles and axes.
  var height: Int { plotRows + 2 + headRows + footRows }

  /// The title of the panel, then that of the vertical axis.
  var headRows: Int { (panel.title == nil ? 0 : 1) + (verticalTitle.isEmpty ? 0 : 1) }

  private var footRows: Int { horizontalTitle.isEmpty ? 0 : 1 }

  private var verticalTitle: String {
    switch style {
    case .dots: chart.scene.yTitle
    case .rows: chart.scene.xTitle
    case .parallel: ""
    }
  }

  private var horizontalTitle: String {
    switch style {
    case .dots: chart.scene.xTitle
    case .rows: chart.scene.yTitle
    case .parallel: ""
    }
  }

  func draw(into grid: inout CharacterGrid, at left: Int) {
    var row = 0
    if let title = panel.title {
      let text = clipped(title, to: width)
      grid.put(text, left + (width - displayWidth(of: text)) / 2, row, .bold)
      row += 1
    }
    if !verticalTitle.isEmpty {
      grid.put(clipped(verticalTitle, to: width), left, row, .faint)
      row += 1
    }
    switch style {
    case .dots: drawDots(into: &grid, left: left, top: row)
    case .rows(let items): drawRows(items, into: &grid, left: left, top: row)
    case .parallel: drawParallel(into: &grid, left: left, top: row)
    }
    if !horizontalTitle.isEmpty {
      let text = clipped(horizontalTitle, to: width)
      grid.put(text, left + (width - displayWidth(of: text)) / 2, row + plotRows + 2, .faint)
    }
  }

  // MARK: Axes

  /// The marks of a vertical axis, in rows; two never stand in one row.
  func verticalTicks(_ scale: Scale, rows: Int) -> [(row: Int, label: String)] {
    let wanted = scale.labels == nil ? max(2, rows / 3) : rows
    var taken: Set<Int> = []
    return scale.ticks(wanted).compactMap { tick in
      let position = scale.position(tick.value)
      guard position > -1e-6, position < 1 + 1e-6 else { return nil }
      let row =
        scale.labels == nil
        ? Int(((1 - position) * Double(rows - 1)).rounded())
        : min(rows - 1, Int((1 - position) * Double(rows)))
      return taken.insert(row).inserted ? (row, clipped(tick.label, to: width / 3)) : nil
    }
  }

  /// Draws a horizontal axis with its marks, and their labels below where they have room.
  func drawHorizontalAxis(
    _ scale: Scale, into grid: inout CharacterGrid, left: Int, row: Int, columns: Int, edge: Int
  ) {
    grid.put("└", left - 1, row, .faint)
    for column in 0..<columns { grid.put("─", left + column, row, .faint) }
    var free = edge
    let wanted = scale.labels.map { min($0.count, columns / 3) } ?? columns / 10
    for tick in scale.ticks(max(2, wanted)) {
      let position = scale.position(tick.value)
      guard position > -1e-6, position < 1 + 1e-6 else { continue }
      let column = horizontalColumn(position, scale, columns)
      let label = clipped(tick.label, to: columns)
      let length = displayWidth(of: label)
      let end = left + columns
      let start = max(edge, min(left + column - length / 2, max(edge, end - length)))
      guard start >= free, start + length <= end + 2 else { continue }
      grid.put("┬", left + column, row, .faint)
      grid.put(label, start, row + 1)
      free = start + length + 1
    }
  }

  private func horizontalColumn(_ position: Double, _ scale: Scale, _ columns: Int) -> Int {
    let column =
      scale.labels == nil
      ? Int((position * Double(columns - 1)).rounded()) : Int(position * Double(columns))
    return max(0, min(columns - 1, column))
  }
}
