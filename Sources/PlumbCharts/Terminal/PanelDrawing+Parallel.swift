import PlumbDiagnostics

/// Panels of parallel coordinates: an upright axis for each column.
extension PanelDrawing {
  func drawParallel(into grid: inout CharacterGrid, left: Int, top: Int) {
    let count = panel.dimensions.count
    guard count > 0 else { return }
    // Room at both ends for half a label.
    let margin = min(8, width / 6)
    let columns = max(2, width - 2 * margin)
    let start = left + margin
    var canvas = DotCanvas(columns: columns, rows: plotRows - 2, usesSymbols: chart.usesSymbols)
    for case .line(let line) in panel.marks {
      for (a, b) in zip(line.points, line.points.dropFirst()) {
        canvas.line(
          from: (panel.x.position(a.x), a.y), to: (panel.x.position(b.x), b.y), line.paint)
      }
    }
    for row in 0..<plotRows - 2 {
      for column in 0..<columns {
        guard let (character, paint) = canvas.character(column, row) else { continue }
        grid.put(character, start + column, top + 1 + row, chart.look(paint))
      }
    }
    let room = max(3, columns / max(1, count - 1) - 1)
    for (index, dimension) in panel.dimensions.enumerated() {
      let share = count == 1 ? 0 : Double(index) / Double(count - 1)
      let column = start + Int((share * Double(columns - 1)).rounded())
      for row in 0..<plotRows - 2 { grid.put("│", column, top + 1 + row, .faint) }
      let ends = Self.ends(dimension.scale)
      put(ends.high, at: column, row: top, room, left, &grid, .plain)
      put(ends.low, at: column, row: top + plotRows - 1, room, left, &grid, .plain)
      put(dimension.title, at: column, row: top + plotRows, room, left, &grid, .bold)
    }
  }

  /// The labels of an axis's ends.
  static func ends(_ scale: Scale) -> (low: String, high: String) {
    if let labels = scale.labels { return (labels.first ?? "", labels.last ?? "") }
    if case .time = scale.kind {
      let ticks = scale.ticks(4)
      return (ticks.first?.label ?? "", ticks.last?.label ?? "")
    }
    return (AxisText.value(scale.low), AxisText.value(scale.high))
  }

  private func put(
    _ text: String, at column: Int, row: Int, _ room: Int, _ left: Int,
    _ grid: inout CharacterGrid, _ look: CharacterGrid.Look
  ) {
    let text = clipped(text, to: room)
    let length = displayWidth(of: text)
    grid.put(text, max(left, min(column - length / 2, left + width - length)), row, look)
  }
}
