import PlumbDiagnostics

/// Panels of an image: axes, then marks.
extension SVGDrawing {
  mutating func drawPanel(
    _ panel: Scene.Panel, _ frame: SVGFrame, hasVerticalLabels: Bool, hasHorizontalLabels: Bool
  ) {
    append("<g>\n")
    if let title = panel.title {
      text(
        clipped(title, to: Int(frame.width / Self.characterWidth)), frame.x + frame.width / 2,
        frame.y - 6, "heading", anchor: "middle")
    }
    if panel.dimensions.isEmpty {
      drawVerticalAxis(panel.y, frame, hasLabels: hasVerticalLabels)
      drawHorizontalAxis(panel.x, frame, hasLabels: hasHorizontalLabels)
    }
    for mark in panel.marks { draw(mark, panel, frame) }
    if panel.dimensions.isEmpty {
      append(
        "<path class=\"frame\" d=\"M\(number(frame.x)) \(number(frame.y))"
          + "V\(number(frame.y + frame.height))H\(number(frame.x + frame.width))\"/>\n")
    } else {
      drawDimensions(panel, frame)
    }
    append("</g>\n")
  }

  private mutating func drawVerticalAxis(_ scale: Scale, _ frame: SVGFrame, hasLabels: Bool) {
    for tick in scale.ticks(scale.labels?.count ?? verticalTickCount) {
      let y = vertical(scale.position(tick.value), frame)
      guard y > frame.y - 0.5, y < frame.y + frame.height + 0.5 else { continue }
      if scale.labels == nil {
        append(
          "<path class=\"grid\" d=\"M\(number(frame.x)) \(number(y))h\(number(frame.width))\"/>\n")
      }
      if hasLabels {
        text(clippedLabel(tick.label), frame.x - 7, y + 4, "tick", anchor: "end")
      }
    }
  }

  private mutating func drawHorizontalAxis(_ scale: Scale, _ frame: SVGFrame, hasLabels: Bool) {
    let bottom = frame.y + frame.height
    let isSlanted = slantsLabels(scale)
    let count = scale.labels.map(\.count) ?? horizontalTickCount
    var free = -1e9
    for tick in scale.ticks(count) {
      let x = frame.x + scale.position(tick.value) * frame.width
      guard x > frame.x - 0.5, x < frame.x + frame.width + 0.5 else { continue }
      if scale.labels == nil {
        append(
          "<path class=\"grid\" d=\"M\(number(x)) \(number(frame.y))v\(number(frame.height))\"/>\n")
      }
      guard hasLabels else { continue }
      let label = clippedLabel(tick.label)
      if isSlanted {
        // A label for each line of text that has room.
        guard x >= free else { continue }
        free = x + 12
        text(label, x + 4, bottom + 14, "tick", anchor: "end", rotated: -38)
      } else {
        let half = Self.width(label) / 2
        guard x - half >= free else { continue }
        free = x + half + 6
        text(label, x, bottom + 17, "tick", anchor: "middle")
      }
    }
  }

  private mutating func drawDimensions(_ panel: Scene.Panel, _ frame: SVGFrame) {
    for (index, dimension) in panel.dimensions.enumerated() {
      let x = frame.x + panel.x.position(Double(index)) * frame.width
      append(
        "<path class=\"frame\" d=\"M\(number(x)) \(number(frame.y))v\(number(frame.height))\"/>\n")
      for tick in dimension.scale.ticks(dimension.scale.labels.map { min($0.count, 12) } ?? 5) {
        let y = vertical(dimension.scale.position(tick.value), frame)
        guard y > frame.y - 0.5, y < frame.y + frame.height + 0.5 else { continue }
        let isLast = index == panel.dimensions.count - 1
        text(
          clipped(tick.label, to: 14), x + (isLast ? -6 : 6), y + 4, "tick",
          anchor: isLast ? "end" : "start")
      }
      let room = Int(frame.width / Double(max(1, panel.dimensions.count - 1)) / Self.characterWidth)
      text(
        clipped(dimension.title, to: max(6, room)), x, frame.y + frame.height + 20, "heading",
        anchor: index == 0 ? "start" : index == panel.dimensions.count - 1 ? "end" : "middle")
    }
  }

  func vertical(_ position: Double, _ frame: SVGFrame) -> Double {
    frame.y + (1 - position) * frame.height
  }
}
