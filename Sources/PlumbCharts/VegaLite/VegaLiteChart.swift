package import PlumbColumns

/// A chart as a Vega-Lite 5 specification with its data in it.
///
/// Sizes are fixed: `"width": "container"` makes a page of JupyterLab stand still.
package struct VegaLiteChart {
  let scene: Scene

  package init(_ scene: Scene) { self.scene = scene }

  /// The specification.
  package var specification: JSONTree {
    var root: JSONTree = ["$schema": "https://vega.github.io/schema/vega-lite/v5.json"]
    root["description"] = .string(scene.description)
    if let title = title { root["title"] = title }
    if scene.panels.count == 1, let panel = scene.panels.first {
      for member in view(panel, index: 0).members ?? [] {
        root[member.name] = member.value
      }
    } else {
      root["concat"] = .array(
        scene.panels.enumerated().map { index, panel in view(panel, index: index) })
      root["columns"] = .int(scene.panelsPerRow)
      root["resolve"] = ["scale": ["color": "shared"]]
    }
    root["config"] = ["view": ["stroke": .null], "axis": ["grid": true, "gridOpacity": 0.5]]
    return root
  }

  private var title: JSONTree? {
    guard scene.title != nil || !scene.notes.isEmpty else { return nil }
    var title: JSONTree = ["text": .string(scene.title ?? ""), "anchor": "start"]
    if !scene.notes.isEmpty { title["subtitle"] = .array(scene.notes.map { .string($0) }) }
    return title
  }

  private func view(_ panel: Scene.Panel, index: Int) -> JSONTree {
    let size = scene.plotSize
    var view: JSONTree = ["width": .int(size.width), "height": .int(size.height)]
    if let title = panel.title { view["title"] = .string(title) }
    var layers = VegaLiteLayers(scene, panel).layers
    if layers.isEmpty {
      layers = [["mark": "point", "data": ["values": []]]]
    }
    if let zoom = zoom(panel, index), layers[0]["encoding"] != nil { layers[0]["params"] = zoom }
    view["layer"] = .array(layers)
    return view
  }

  /// Wheel and mouse move the continuous axes.
  private func zoom(_ panel: Scene.Panel, _ index: Int) -> JSONTree? {
    guard panel.dimensions.isEmpty else { return nil }
    let channels = [("x", panel.x), ("y", panel.y)].filter { $0.1.labels == nil }.map(\.0)
    guard !channels.isEmpty else { return nil }
    return [
      [
        "name": .string("zoom\(index)"), "bind": "scales",
        "select": ["type": "interval", "encodings": .array(channels.map { .string($0) })],
      ]
    ]
  }
}
