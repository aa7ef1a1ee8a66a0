import PlumbDiagnostics

/// Panels with values on both axes.
extension PanelDrawing {
  func drawDots(into grid: inout CharacterGrid, left: Int, top: Int) {
    let ticks = verticalTicks(panel.y, rows: plotRows)
    let labelWidth = ticks.map { displayWidth(of: $0.label) }.max() ?? 0
    let start = left + labelWidth + 1
    let columns = max(4, width - labelWidth - 2)
    for row in 0..<plotRows { grid.put("│", start - 1, top + row, .faint) }
    for tick in ticks {
      grid.put(tick.label, start - 1 - displayWidth(of: tick.label), top + tick.row)
      grid.put("┤", start - 1, top + tick.row, .faint)
    }
    drawHorizontalAxis(
      panel.x, into: &grid, left: start, row: top + plotRows, columns: columns, edge: left)
    for mark in panel.marks {
      switch mark {
      case .bars(let bars) where bars.contains { !$0.isOverlaid }:
        drawBars(bars, into: &grid, left: start, top: top, columns: columns)
      case .cells(let cells):
        drawCells(cells, into: &grid, left: start, top: top, columns: columns)
      case .line, .band, .points, .bars, .intervals, .boxes, .rule: break
      }
    }
    var canvas = DotCanvas(columns: columns, rows: plotRows, usesSymbols: chart.usesSymbols)
    for mark in panel.marks { draw(mark, on: &canvas) }
    for row in 0..<plotRows {
      for column in 0..<columns {
        guard let (character, paint) = canvas.character(column, row) else { continue }
        grid.put(character, start + column, top + row, chart.look(paint))
      }
    }
    drawRules(into: &grid, left: start, top: top, columns: columns)
  }

  private func draw(_ mark: Mark, on canvas: inout DotCanvas) {
    switch mark {
    case .line(let line):
      // A smoothed line stands for its values where dots would hide it.
      if line.weight == .faint { return }
      if line.points.count == 1 { point(line.points[0], line.paint, &canvas) }
      let isDashed = line.weight == .reference
      path(line.points, line.paint, &canvas, isDashed: isDashed)
    case .band(let band):
      path(band.low, band.paint, &canvas, isDashed: true)
      path(band.high, band.paint, &canvas, isDashed: true)
    case .points(let points):
      for (index, value) in points.points.enumerated() {
        point(value, points.paints.isEmpty ? points.paint : points.paints[index], &canvas)
      }
    case .bars(let bars):
      for bar in bars where bar.isOverlaid {
        let corners = [
          Point(x: bar.left, y: bar.base), Point(x: bar.left, y: bar.top),
          Point(x: bar.right, y: bar.top), Point(x: bar.right, y: bar.base),
        ]
        path(corners, bar.paint, &canvas)
      }
    case .intervals(let intervals):
      for interval in intervals {
        path(
          [Point(x: interval.x, y: interval.low), Point(x: interval.x, y: interval.high)],
          interval.paint, &canvas)
      }
    case .cells, .boxes, .rule: break
    }
  }

  private func point(_ point: Point, _ paint: Paint, _ canvas: inout DotCanvas) {
    canvas.point(panel.x.position(point.x), panel.y.position(point.y), paint)
  }

  private func path(
    _ points: [Point], _ paint: Paint, _ canvas: inout DotCanvas, isDashed: Bool = false
  ) {
    for (a, b) in zip(points, points.dropFirst()) {
      canvas.line(
        from: (panel.x.position(a.x), panel.y.position(a.y)),
        to: (panel.x.position(b.x), panel.y.position(b.y)), paint, isDashed: isDashed)
    }
  }

  /// Blocks in eighths of a row.
  private static let eighths: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"]

  private func drawBars(
    _ bars: [Mark.Bar], into grid: inout CharacterGrid, left: Int, top: Int, columns: Int
  ) {
    for bar in bars {
      let begin = panel.x.position(bar.left) * Double(columns)
      let end = panel.x.position(bar.right) * Double(columns)
      let first = max(0, min(columns - 1, Int(begin.rounded())))
      let last = max(first, min(columns - 1, Int(end.rounded()) - 1))
      let ends = [bar.base, bar.top].map { value in
        Int((min(1, max(0, panel.y.position(value))) * Double(plotRows) * 8).rounded())
      }
      let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
      for row in 0..<plotRows {
        // Eighths of this row that the bar covers, from its bottom.
        let bottom = (plotRows - 1 - row) * 8
        guard low < bottom + 8, high > bottom else { continue }
        let covered = min(high, bottom + 8) - bottom
        // What begins within the row is drawn where it covers half of it.
        if low > bottom, low - bottom > 4 { continue }
        let character = covered >= 8 ? chart.fill(bar.paint) : Self.eighths[max(0, covered - 1)]
        for column in first...last {
          grid.put(character, left + column, top + row, chart.look(bar.paint))
        }
      }
    }
  }

  private func drawCells(
    _ cells: [Mark.Cell], into grid: inout CharacterGrid, left: Int, top: Int, columns: Int
  ) {
    for cell in cells {
      let begin = Int((panel.x.position(cell.x.lowerBound) * Double(columns)).rounded())
      let end = Int((panel.x.position(cell.x.upperBound) * Double(columns)).rounded())
      let edges = [cell.y.lowerBound, cell.y.upperBound].map {
        (1 - panel.y.position($0)) * Double(plotRows)
      }
      let (upper, lower) = (min(edges[0], edges[1]), max(edges[0], edges[1]))
      let first = max(0, min(columns - 1, begin))
      let top0 = max(0, min(plotRows - 1, Int((upper + 1e-6).rounded(.down))))
      for column in first..<max(first + 1, min(end, columns)) {
        for row in top0..<max(top0 + 1, min(Int((lower + 1e-6).rounded(.down)), plotRows)) {
          let character: Character =
            if case .gradient = cell.paint { chart.fill(cell.paint) } else {
              TerminalChart.shades[max(0, min(3, Int(cell.share * 4)))]
            }
          grid.put(character, left + column, top + row, chart.look(cell.paint))
        }
      }
    }
  }

  private func drawRules(into grid: inout CharacterGrid, left: Int, top: Int, columns: Int) {
    for case .rule(let rule) in panel.marks {
      if rule.isVertical {
        let position = panel.x.position(rule.value)
        guard (0...1).contains(position) else { continue }
        let column = left + Int((position * Double(columns - 1)).rounded())
        for row in 0..<plotRows where grid.isBlank(column, top + row) {
          grid.put("┆", column, top + row, .faint)
        }
      } else {
        let position = panel.y.position(rule.value)
        guard (0...1).contains(position) else { continue }
        let row = top + Int(((1 - position) * Double(plotRows - 1)).rounded())
        for column in left..<left + columns where grid.isBlank(column, row) {
          grid.put("╌", column, row, .faint)
        }
      }
    }
  }
}
