import PlumbDiagnostics

/// Marks of an image.
extension SVGDrawing {
  mutating func draw(_ mark: Mark, _ panel: Scene.Panel, _ frame: SVGFrame) {
    let place = Place(panel: panel, frame: frame)
    switch mark {
    case .line(let line): draw(line, place)
    case .band(let band):
      let outline = band.high + band.low.reversed()
      append(
        "<path d=\"\(path(outline, place))Z\" \(SVGStyle.fill(band.paint))"
          + " fill-opacity=\"0.18\"/>\n")
    case .points(let points): draw(points, place)
    case .bars(let bars):
      for bar in bars { draw(bar, place) }
    case .intervals(let intervals):
      for interval in intervals {
        let x = number(place.x(interval.x))
        let (low, high) = (number(place.y(interval.low)), number(place.y(interval.high)))
        append(
          "<path class=\"line\" style=\"stroke:var(--ink);stroke-width:1.3\""
            + " d=\"M\(x) \(low)V\(high)m-4 0h8M\(x) \(low)m-4 0h8\"/>\n")
      }
    case .cells(let cells):
      for cell in cells { draw(cell, place) }
    case .boxes(let boxes):
      for box in boxes { draw(box, place) }
    case .rule(let rule): draw(rule, place)
    }
  }

  /// Turns values into pixels.
  private struct Place {
    let panel: Scene.Panel
    let frame: SVGFrame

    func x(_ value: Double) -> Double { frame.x + clamped(panel.x.position(value)) * frame.width }
    func y(_ value: Double) -> Double {
      frame.y + (1 - clamped(panel.y.position(value))) * frame.height
    }

    private func clamped(_ position: Double) -> Double {
      position.isNaN ? 0 : max(0, min(1, position))
    }
  }

  private func path(_ points: [Point], _ place: Place) -> String {
    var result = ""
    result.reserveCapacity(points.count * 12)
    for (index, point) in points.enumerated() {
      result += index == 0 ? "M" : "L"
      result += number(place.x(point.x)) + " " + number(place.y(point.y))
    }
    return result
  }

  private mutating func draw(_ line: Mark.Line, _ place: Place) {
    if line.weight == .reference {
      return append("<path class=\"rule line\" d=\"\(path(line.points, place))\"/>\n")
    }
    if line.points.count == 1 {
      return draw(Mark.Points(points: line.points, paint: line.paint, name: line.name), place)
    }
    let isParallel = !place.panel.dimensions.isEmpty
    let width: Double =
      switch line.weight {
      case .faint: 1
      case .normal: isParallel ? 1 : 1.8
      case .strong: 2.4
      case .reference: 1.2
      }
    let opacity = line.weight == .faint ? 0.35 : isParallel ? 0.55 : 1
    let title = line.name.isEmpty ? "" : "<title>\(escaped(line.name))</title>"
    append(
      "<path class=\"line\" style=\"stroke:\(SVGStyle.color(line.paint));stroke-width:\(width)\""
        + (opacity < 1 ? " stroke-opacity=\"\(opacity)\"" : "")
        + " d=\"\(path(line.points, place))\">\(title)</path>\n")
  }

  private mutating func draw(_ points: Mark.Points, _ place: Place) {
    // Many points are smaller and let others shine through.
    let radius = points.points.count > 500 ? 2.0 : 3.2
    let opacity = points.isFaint ? 0.25 : points.points.count > 100 ? 0.6 : 0.85
    append("<g \(SVGStyle.fill(points.paint)) fill-opacity=\"\(opacity)\">\n")
    for (index, point) in points.points.enumerated() {
      let own = points.paints.isEmpty ? "" : " " + SVGStyle.fill(points.paints[index])
      append(
        "<circle cx=\"\(number(place.x(point.x)))\" cy=\"\(number(place.y(point.y)))\""
          + " r=\"\(radius)\"\(own)/>\n")
    }
    append("</g>\n")
  }

  private mutating func draw(_ bar: Mark.Bar, _ place: Place) {
    let left = place.x(bar.left)
    let right = place.x(bar.right)
    let ends = [place.y(bar.base), place.y(bar.top)]
    let top = min(ends[0], ends[1])
    // Bars that touch keep a hairline between them.
    let gap = bar.category == nil && right - left > 4 ? 1.0 : 0
    let value = AxisText.value(bar.top - (bar.category == nil ? 0 : bar.base))
    rectangle(
      left + gap / 2, top, right - left - gap, max(ends[0], ends[1]) - top, fill: bar.paint,
      opacity: bar.isOverlaid ? 0.55 : 0.9,
      title: bar.name.isEmpty ? value : "\(bar.name): \(value)")
  }

  private mutating func draw(_ cell: Mark.Cell, _ place: Place) {
    let left = place.x(cell.x.lowerBound)
    let edges = [place.y(cell.y.lowerBound), place.y(cell.y.upperBound)]
    let top = min(edges[0], edges[1])
    var opacity = 1.0
    if case .gradient = cell.paint {} else { opacity = 0.25 + 0.75 * cell.share }
    // A little larger than the field, so that no page shines through between two of them.
    rectangle(
      left, top, place.x(cell.x.upperBound) - left + 0.3,
      max(edges[0], edges[1]) - top + 0.3, fill: cell.paint, opacity: opacity,
      title: AxisText.value(cell.value))
  }

  private mutating func draw(_ box: Mark.Box, _ place: Place) {
    let left = place.x(box.left)
    let right = place.x(box.right)
    let middle = number((left + right) / 2)
    let color = SVGStyle.color(box.paint)
    append(
      "<path class=\"line\" style=\"stroke:\(color);stroke-width:1.5\""
        + " d=\"M\(middle) \(number(place.y(box.low)))V\(number(place.y(box.lowerQuartile)))"
        + "M\(middle) \(number(place.y(box.upperQuartile)))V\(number(place.y(box.high)))\"/>\n")
    let top = place.y(box.upperQuartile)
    rectangle(
      left, top, right - left, max(1, place.y(box.lowerQuartile) - top), fill: box.paint,
      opacity: 0.45,
      title: (box.name.isEmpty ? "" : box.name + ": ") + "median \(AxisText.value(box.median)), "
        + counted(box.count, "value"))
    append(
      "<path class=\"line\" style=\"stroke:var(--ink);stroke-width:2\""
        + " d=\"M\(number(left)) \(number(place.y(box.median)))H\(number(right))\"/>\n")
    for outlier in box.outliers {
      append(
        "<circle cx=\"\(middle)\" cy=\"\(number(place.y(outlier)))\" r=\"2.2\""
          + " \(SVGStyle.fill(box.paint))/>\n")
    }
  }

  private mutating func draw(_ rule: Mark.Rule, _ place: Place) {
    let frame = place.frame
    let scale = rule.isVertical ? place.panel.x : place.panel.y
    guard (0...1).contains(scale.position(rule.value)) else { return }
    if rule.isVertical {
      let x = place.x(rule.value)
      append(
        "<path class=\"rule\" d=\"M\(number(x)) \(number(frame.y))v\(number(frame.height))\"/>\n")
      text(rule.label, x + 4, frame.y + 11, "tick")
    } else {
      let y = place.y(rule.value)
      append(
        "<path class=\"rule\" d=\"M\(number(frame.x)) \(number(y))h\(number(frame.width))\"/>\n")
      text(rule.label, frame.x + frame.width - 4, y - 4, "tick", anchor: "end")
    }
  }
}
