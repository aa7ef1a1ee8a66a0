import PlumbColumns
import PlumbDiagnostics

/// A chart as an SVG image that needs nothing else: no script, no font, no style from outside.
///
/// It has a title and a description for those who cannot see it, and follows the page into dark.
package struct SVGChart {
  let scene: Scene
  /// Pixels of one panel without its axes.
  let plotWidth: Double
  let plotHeight: Double

  package init(_ scene: Scene) {
    self.scene = scene
    let size = scene.plotSize
    (plotWidth, plotHeight) = (Double(size.width), Double(size.height))
  }

  /// The image as text.
  package var text: String {
    var drawing = SVGDrawing(self)
    drawing.draw()
    return drawing.document
  }
}

/// The image while it is drawn.
struct SVGDrawing {
  let chart: SVGChart
  private var body = ""
  private var width = 0.0
  private var height = 0.0

  var scene: Scene { chart.scene }

  static let fontSize = 12.0
  /// The pixels that a character takes, about: there is no font to measure.
  static let characterWidth = 6.6
  private static let padding = 14.0
  private static let lineHeight = 17.0

  init(_ chart: SVGChart) { self.chart = chart }

  /// The whole document.
  var document: String {
    let id = "c" + String(Self.digest(body), radix: 36)
    var page = ""
    page.append(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(number(width))\""
        + " height=\"\(number(height))\" viewBox=\"0 0 \(number(width)) \(number(height))\""
        + " role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\" class=\"\(id)\">\n")
    page.append("<title id=\"\(id)-t\">\(escaped(scene.title ?? scene.description))</title>\n")
    page.append("<desc id=\"\(id)-d\">\(escaped(scene.description))</desc>\n")
    page.append(SVGStyle.text(scope: id))
    page.append("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n")
    page.append(body)
    page.append("</svg>\n")
    return page
  }

  /// Tells images on one page apart, so that the style of one does not reach another (FNV-1a).
  private static func digest(_ body: String) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in body.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash
  }

  mutating func draw() {
    var top = Self.padding
    if let title = scene.title {
      text(title, Self.padding, top + 13, "title")
      top += 26
    }
    let legendWidth = legendWidth
    let columns = scene.panelsPerRow
    let left = leftMargin
    // Axes are labelled at the edges of the whole only, with room for each panel's heading.
    let gap = 22.0
    let heading = scene.panels.count > 1 ? 20.0 : 4
    let rows = (scene.panels.count + columns - 1) / columns
    let bottom = bottomMargin
    for (index, panel) in scene.panels.enumerated() {
      let column = index % columns
      let row = index / columns
      let x = Self.padding + left + Double(column) * (chart.plotWidth + gap)
      let y = top + heading + Double(row) * (chart.plotHeight + heading + gap + bottom)
      let isLast = index + columns >= scene.panels.count
      drawPanel(
        panel, SVGFrame(x: x, y: y, width: chart.plotWidth, height: chart.plotHeight),
        hasVerticalLabels: column == 0, hasHorizontalLabels: isLast || bottom > 0)
    }
    let plotsWidth = Double(columns) * chart.plotWidth + Double(columns - 1) * gap
    let plotsHeight =
      Double(rows) * (chart.plotHeight + heading) + Double(rows - 1) * (gap + bottom)
    var end = top + plotsHeight + bottom
    if !scene.xTitle.isEmpty {
      end += Self.lineHeight
      text(
        scene.xTitle, Self.padding + left + plotsWidth / 2, end, "axis-title", anchor: "middle")
    }
    if !scene.yTitle.isEmpty {
      let middle = top + plotsHeight / 2
      text(
        scene.yTitle, Self.padding + 10, middle, "axis-title", anchor: "middle",
        rotated: -90)
    }
    width = Self.padding * 2 + left + plotsWidth + legendWidth
    drawLegend(x: Self.padding + left + plotsWidth + 18, y: top + heading)
    for note in scene.notes {
      end += Self.lineHeight
      text(note, Self.padding, end, "note")
    }
    height = max(end + Self.padding, top + heading + legendHeight + Self.padding)
  }

  // MARK: Room

  private var leftMargin: Double {
    var widest = 0.0
    if let panel = scene.panels.first, panel.dimensions.isEmpty {
      widest =
        panel.y.ticks(verticalTickCount).map { Self.width(clippedLabel($0.label)) }.max() ?? 0
    }
    return widest + 10 + (scene.yTitle.isEmpty ? 0 : 20)
  }

  private var bottomMargin: Double {
    guard let panel = scene.panels.first, panel.dimensions.isEmpty else { return 40 }
    return slantsLabels(panel.x) ? 24 + slantHeight(panel.x) : 24
  }

  var verticalTickCount: Int { max(3, Int(chart.plotHeight / 45)) }
  var horizontalTickCount: Int { max(2, Int(chart.plotWidth / 75)) }

  /// Whether category labels stand too close to be read side by side.
  func slantsLabels(_ scale: Scale) -> Bool {
    guard let labels = scale.labels, !labels.isEmpty else { return false }
    let room = chart.plotWidth / Double(labels.count) - 6
    return labels.contains { Self.width(clippedLabel($0)) > room }
  }

  private func slantHeight(_ scale: Scale) -> Double {
    (scale.labels?.map { Self.width(clippedLabel($0)) }.max() ?? 0) * 0.6
  }

  /// A label of an axis, cut to what an axis has room for.
  func clippedLabel(_ label: String) -> String { clipped(label, to: 24) }

  static func width(_ text: String) -> Double { Double(displayWidth(of: text)) * characterWidth }

  // MARK: Legend

  private var legendWidth: Double {
    guard let legend = scene.legend else { return 0 }
    let title = Self.width(clipped(legend.title, to: 24))
    switch legend.content {
    case .series(let entries):
      return 36 + max(title, 18 + (entries.map { Self.width(clippedLabel($0.label)) }.max() ?? 0))
    case .gradient(_, _, let low, let high):
      return 36 + max(title, 22 + max(Self.width(low), Self.width(high)))
    }
  }

  private var legendHeight: Double {
    guard let legend = scene.legend else { return 0 }
    guard case .series(let entries) = legend.content else { return 150 }
    return 20 + Double(entries.count) * Self.lineHeight
  }

  private mutating func drawLegend(x: Double, y: Double) {
    guard let legend = scene.legend else { return }
    text(clipped(legend.title, to: 24), x, y + 10, "legend-title")
    switch legend.content {
    case .series(let entries):
      for (index, entry) in entries.enumerated() {
        let line = y + 28 + Double(index) * Self.lineHeight
        rectangle(x, line - 9, 10, 10, fill: entry.paint)
        text(clippedLabel(entry.label), x + 16, line, "label")
      }
    case .gradient(_, _, let low, let high):
      // Narrow strips draw a gradient everywhere, also where gradients are not known.
      for step in 0..<24 {
        rectangle(
          x, y + 18 + Double(23 - step) * 4, 12, 4.5, fill: .gradient(Double(step) / 23))
      }
      text(high, x + 18, y + 28, "label")
      text(low, x + 18, y + 114, "label")
    }
  }

  // MARK: Elements

  mutating func append(_ text: String) { body.append(text) }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ style: String, anchor: String = "start",
    rotated degrees: Double = 0
  ) {
    let turn =
      degrees == 0
      ? "" : " transform=\"rotate(\(number(degrees)) \(number(x)) \(number(y)))\""
    let anchored = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
    append(
      "<text class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\"\(anchored)\(turn)>"
        + escaped(text) + "</text>\n")
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: Paint,
    opacity: Double = 1, title: String = ""
  ) {
    let faint = opacity < 1 ? " fill-opacity=\"\(AxisText.fixed(opacity, digits: 2))\"" : ""
    append(
      "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(0, width)))\""
        + " height=\"\(number(max(0, height)))\" \(SVGStyle.fill(fill))\(faint)"
        + (title.isEmpty ? "/>\n" : "><title>\(escaped(title))</title></rect>\n"))
  }

  /// A coordinate: to a tenth of a pixel, within what renderers can read.
  func number(_ value: Double) -> String {
    let text = AxisText.fixed(max(-99_999, min(99_999, value.isNaN ? 0 : value)), digits: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Text for an element or attribute. Control characters, which XML does not have, are gone.
  func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default:
        let value = scalar.value
        if value >= 0x20, value != 0x7F, value != 0xFFFE, value != 0xFFFF {
          result.unicodeScalars.append(scalar)
        } else {
          result += " "
        }
      }
    }
    return result
  }
}

/// A rectangle of the image, in pixels.
struct SVGFrame {
  let x: Double
  let y: Double
  let width: Double
  let height: Double
}
