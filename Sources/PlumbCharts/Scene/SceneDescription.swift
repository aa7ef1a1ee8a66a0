import PlumbDiagnostics

/// A chart in words: its kind, what it is about, how much of it there is.
struct SceneDescription {
  let text: String

  init(_ scene: Scene, _ specification: ChartSpecification, rowCount: Int) {
    var parts = [Self.opening(scene, specification)]
    if let legend = scene.legend, case .series(let entries) = legend.content {
      parts.append("\(legend.title): " + entries.map(\.label).joined(separator: ", "))
    }
    if scene.panels.count > 1 { parts.append("\(scene.panels.count) panels") }
    parts.append(counted(rowCount, "row"))
    if let panel = scene.panels.first, scene.kind != .parallel {
      parts += [("x", panel.x), ("y", panel.y)].map(Self.range)
    }
    text = parts.filter { !$0.isEmpty }.joined(separator: "; ") + "."
  }

  private static func opening(_ scene: Scene, _ specification: ChartSpecification) -> String {
    switch scene.kind {
    case .line: "Line chart of \(scene.yTitle) over \(scene.xTitle)"
    case .scatter: "Scatter plot of \(scene.yTitle) over \(scene.xTitle)"
    case .bar: "Bar chart of \(scene.yTitle) for each \(scene.xTitle)"
    case .hist: "Histogram of \(scene.xTitle)"
    case .box: "Box plot of \(scene.yTitle)" + (scene.xTitle.isEmpty ? "" : " by \(scene.xTitle)")
    case .heatmap: "Heat map over \(scene.xTitle) and \(scene.yTitle)"
    case .ecdf: "Empirical distribution of \(scene.xTitle)"
    case .parallel:
      "Parallel coordinates of "
        + (scene.panels.first?.dimensions.map(\.title).joined(separator: ", ") ?? "")
    }
  }

  private static func range(_ name: String, _ scale: Scale) -> String {
    if let labels = scale.labels { return counted(labels.count, "value") + " of \(name)" }
    let ticks = scale.ticks(6)
    guard let first = ticks.first, let last = ticks.last else { return "" }
    return "\(name) about \(first.label) to \(last.label)"
  }
}
