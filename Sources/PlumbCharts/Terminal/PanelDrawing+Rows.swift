import PlumbDiagnostics

/// Panels with a row for each category: bars and boxes, which leave room for long labels.
extension PanelDrawing {
  /// What stands in one row.
  struct RowItem {
    /// Empty where the category stands in the row above.
    let label: String
    var bars: [Mark.Bar] = []
    var box: Mark.Box?
    var intervals: [Mark.Interval] = []
  }

  static func rowItems(_ panel: Scene.Panel) -> [RowItem] {
    let labels = panel.x.labels ?? []
    var items: [RowItem] = []
    for (category, label) in labels.enumerated() {
      var bars: [Mark.Bar] = []
      var boxes: [Mark.Box] = []
      var intervals: [Mark.Interval] = []
      for mark in panel.marks {
        switch mark {
        case .bars(let all): bars += all.filter { $0.category == category }
        case .boxes(let all): boxes += all.filter { $0.category == category }
        case .intervals(let all): intervals += all.filter { Int($0.x) == category }
        case .line, .band, .points, .cells, .rule: break
        }
      }
      // Bars that stand beside each other get a row each, those upon each other share one.
      let places = Set(bars.map(\.left)).sorted()
      var made = places.map { place in
        RowItem(label: "", bars: bars.filter { $0.left == place })
      }
      made += boxes.map { RowItem(label: "", box: $0) }
      if made.isEmpty { made = [RowItem(label: "")] }
      made[0] = RowItem(
        label: label, bars: made[0].bars, box: made[0].box, intervals: intervals)
      items += made
    }
    return items
  }

  func drawRows(_ items: [RowItem], into grid: inout CharacterGrid, left: Int, top: Int) {
    let widest = items.map { displayWidth(of: $0.label) }.max() ?? 0
    let labelWidth = min(widest, width / 3)
    let start = left + labelWidth + 2
    let columns = max(8, width - labelWidth - 2 - Self.valueWidth)
    for (row, item) in items.enumerated() {
      let label = clipped(item.label, to: labelWidth)
      grid.put(label, start - 2 - displayWidth(of: label), top + row)
      grid.put("│", start - 1, top + row, .faint)
      var end = 0
      for bar in item.bars {
        end = max(
          end,
          draw(
            bar, isAlone: item.bars.count == 1, into: &grid, left: start, row: top + row,
            columns: columns))
      }
      for interval in item.intervals {
        end = max(end, draw(interval, into: &grid, left: start, row: top + row, columns: columns))
      }
      if let value = item.bars.map(\.top).max(by: { abs($0) < abs($1) }) {
        grid.put(AxisText.value(value), start + end + 1, top + row, .faint)
      }
      if let box = item.box {
        draw(box, into: &grid, left: start, row: top + row, columns: columns)
      }
    }
    for case .rule(let rule) in panel.marks where !rule.isVertical {
      let column = start + self.column(rule.value, columns)
      for row in 0..<items.count where grid.isBlank(column, top + row) {
        grid.put("┆", column, top + row, .faint)
      }
    }
    drawHorizontalAxis(
      panel.y, into: &grid, left: start, row: top + plotRows, columns: columns, edge: left)
  }

  /// The columns kept free at the right for the number of a bar.
  private static let valueWidth = 9
  private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  private func column(_ value: Double, _ columns: Int) -> Int {
    max(0, min(columns - 1, Int((panel.y.position(value) * Double(columns - 1)).rounded())))
  }

  /// Draws a bar and gives the column after its end.
  private func draw(
    _ bar: Mark.Bar, isAlone: Bool, into grid: inout CharacterGrid, left: Int, row: Int,
    columns: Int
  ) -> Int {
    let ends = [bar.base, bar.top].map { value in
      Int((min(1, max(0, panel.y.position(value))) * Double(columns) * 8).rounded())
    }
    let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
    let first = (low + 4) / 8
    // Parts of characters only where nothing else stands in the row.
    let last = isAlone ? high / 8 : (high + 4) / 8
    for column in first..<max(first, last) {
      grid.put(chart.fill(bar.paint), left + column, row, chart.look(bar.paint))
    }
    let rest = isAlone ? high % 8 : 0
    guard rest > 0, last < columns, low < high else { return last }
    grid.put(Self.eighths[rest - 1], left + high / 8, row, chart.look(bar.paint))
    return high / 8 + 1
  }

  private func draw(
    _ interval: Mark.Interval, into grid: inout CharacterGrid, left: Int, row: Int, columns: Int
  ) -> Int {
    let low = column(interval.low, columns)
    let high = column(interval.high, columns)
    guard low < high else { return high + 1 }
    for column in low...high {
      // Over the bar itself the stroke would be lost, so that only its end is drawn there.
      let mark: Character = column == high ? "┤" : column == low ? "├" : "─"
      if column == low || column == high || grid.isBlank(left + column, row) {
        grid.put(mark, left + column, row)
      }
    }
    return high + 1
  }

  private func draw(
    _ box: Mark.Box, into grid: inout CharacterGrid, left: Int, row: Int, columns: Int
  ) {
    let look = chart.look(box.paint)
    let low = column(box.low, columns)
    let high = column(box.high, columns)
    for column in min(low, high)...max(low, high) { grid.put("─", left + column, row, look) }
    grid.put("├", left + low, row, look)
    grid.put("┤", left + high, row, look)
    let first = column(box.lowerQuartile, columns)
    let last = column(box.upperQuartile, columns)
    for column in min(first, last)...max(first, last) { grid.put("▒", left + column, row, look) }
    grid.put("┃", left + column(box.median, columns), row, .bold)
    for outlier in box.outliers {
      let place = left + column(outlier, columns)
      if grid.isBlank(place, row) { grid.put("∘", place, row, look) }
    }
  }
}
