import PlumbDiagnostics

/// A chart as lines of characters.
///
/// Lines and points are braille dots, bars are blocks. Without colors, series are told apart by
/// symbols, so that a chart means the same on a dumb terminal and in a file.
package struct TerminalChart {
  let scene: Scene
  let width: Int
  let usesColor: Bool

  /// Charts are not wider than this, however wide the window is.
  private static let widest = 120
  private static let panelGap = 3

  /// `width`: the columns to fill.
  package init(_ scene: Scene, width: Int = 80, usesColor: Bool = false) {
    self.scene = scene
    self.width = max(30, min(width, Self.widest))
    self.usesColor = usesColor
  }

  /// The lines, each ended by a newline.
  package var text: String {
    var lines: [String] = []
    if let title = scene.title {
      var grid = CharacterGrid(width: width, height: 1)
      grid.put(clipped(title, to: width), 0, 0, .bold)
      lines += grid.lines(usesColor: usesColor)
    }
    if let legend = scene.legend { lines += legendLines(legend) }
    lines += panelLines
    if !scene.notes.isEmpty {
      var grid = CharacterGrid(width: width, height: scene.notes.count)
      for (row, note) in scene.notes.enumerated() {
        grid.put(clipped(note, to: width), 0, row, .faint)
      }
      lines += grid.lines(usesColor: usesColor)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var panelLines: [String] {
    let columns = scene.panels.count > 1 && width >= 70 ? 2 : 1
    let panelWidth = (width - (columns - 1) * Self.panelGap) / columns
    var lines: [String] = []
    for start in stride(from: 0, to: scene.panels.count, by: columns) {
      let row = scene.panels[start..<min(start + columns, scene.panels.count)]
      let parts = row.map { PanelDrawing($0, of: self, width: panelWidth) }
      let height = parts.map(\.height).max() ?? 0
      var grid = CharacterGrid(width: width, height: height)
      for (index, part) in parts.enumerated() {
        part.draw(into: &grid, at: index * (panelWidth + Self.panelGap))
      }
      lines += grid.lines(usesColor: usesColor)
    }
    return lines
  }

  // MARK: Colors

  /// Whether series are told apart by symbols.
  var usesSymbols: Bool {
    guard !usesColor, let legend = scene.legend, case .series(let entries) = legend.content else {
      return false
    }
    return entries.count > 1
  }

  func look(_ paint: Paint) -> CharacterGrid.Look {
    switch paint {
    case .series(let index): .color(Palette.terminal[index % Palette.terminal.count])
    case .other: .faint
    case .gradient(let share): .color(Self.gradientColor(share))
    }
  }

  private static func gradientColor(_ share: Double) -> UInt8 {
    let last = Palette.terminalGradient.count - 1
    return Palette.terminalGradient[max(0, min(last, Int((share * Double(last)).rounded())))]
  }

  /// A filled character: a block, or without colors one that tells series or shares apart.
  func fill(_ paint: Paint) -> Character {
    if usesColor { return "█" }
    switch paint {
    case .gradient(let share): return Self.shades[max(0, min(3, Int(share * 4)))]
    case .series(let index): return Self.fills[index % Self.fills.count]
    case .other: return "·"
    }
  }

  static let shades: [Character] = ["░", "▒", "▓", "█"]
  private static let fills: [Character] = ["█", "▒", "▓", "░", "▚", "▤", "▥", "▦"]

  // MARK: Legend

  private func legendLines(_ legend: Scene.Legend) -> [String] {
    var items: [(text: String, paint: Paint, mark: Character)] = []
    switch legend.content {
    case .series(let entries):
      items = entries.map { ($0.label, $0.paint, legendMark($0.paint)) }
    case .gradient(_, _, let low, let high):
      items = [(low, .gradient(0), fill(.gradient(0))), (high, .gradient(1), fill(.gradient(1)))]
    }
    var grid = CharacterGrid(width: width, height: 1 + items.count)
    var x = 0
    var y = 0
    let title = legend.title.isEmpty ? "" : clipped(legend.title, to: width / 3) + ":"
    grid.put(title, 0, 0, .faint)
    x = title.isEmpty ? 0 : displayWidth(of: title) + 1
    let indent = x
    for item in items {
      let label = clipped(item.text, to: max(4, width - indent - 4))
      let needed = 2 + displayWidth(of: label)
      if x > indent, x + needed > width {
        x = indent
        y += 1
      }
      grid.put(item.mark, x, y, look(item.paint))
      grid.put(label, x + 2, y)
      x += needed + 2
    }
    return Array(grid.lines(usesColor: usesColor).prefix(y + 1))
  }

  private func legendMark(_ paint: Paint) -> Character {
    switch scene.kind {
    case .bar, .box, .heatmap: return fill(paint)
    case .line, .scatter, .hist, .ecdf, .parallel:
      guard usesSymbols, case .series(let index) = paint else { return usesSymbols ? "·" : "●" }
      return DotCanvas.symbols[index % DotCanvas.symbols.count]
    }
  }
}
