import PlumbColumns

/// The layers of one panel: a layer for each sort of mark, with its own data.
struct VegaLiteLayers {
  let scene: Scene
  let panel: Scene.Panel
  private(set) var layers: [JSONTree] = []
  private let labels: [Paint: String]

  init(_ scene: Scene, _ panel: Scene.Panel) {
    self.scene = scene
    self.panel = panel
    var labels: [Paint: String] = [:]
    if let legend = scene.legend, case .series(let entries) = legend.content {
      for entry in entries { labels[entry.paint] = entry.label }
    }
    self.labels = labels
    addCells()
    addBands()
    addBars()
    addBoxes()
    for weight in [Mark.Line.Weight.reference, .faint, .normal, .strong] { addLines(weight) }
    addPoints()
    addIntervals()
    addRules()
    if !panel.dimensions.isEmpty { addDimensions() }
  }

  private mutating func add(_ mark: JSONTree, _ rows: [JSONTree], _ encoding: JSONTree) {
    guard !rows.isEmpty else { return }
    layers.append(["data": ["values": .array(rows)], "mark": mark, "encoding": encoding])
  }

  // MARK: Axes and colors

  /// A position channel; with `second` the channel `x2` or `y2`, which shares the first's axis.
  private func position(_ scale: Scale, field: String, title: String) -> JSONTree {
    var channel: JSONTree = ["field": .string(field)]
    var settings: JSONTree = [:]
    switch scale.kind {
    case .category(let labels):
      channel["type"] = "nominal"
      channel["sort"] = .null
      settings["domain"] = .array(labels.map { .string($0) })
    case .linear:
      channel["type"] = "quantitative"
      settings = ["domain": [.float(scale.low), .float(scale.high)], "nice": false, "zero": false]
    case .log:
      channel["type"] = "quantitative"
      settings = [
        "type": "log", "domain": [.float(scale.low), .float(scale.high)], "nice": false,
      ]
    case .time:
      channel["type"] = "temporal"
      settings = [
        "type": "utc", "domain": [value(scale.low, scale), value(scale.high, scale)],
        "nice": false,
      ]
    }
    channel["title"] = title.isEmpty ? .null : .string(title)
    channel["scale"] = settings
    if !panel.dimensions.isEmpty { channel["axis"] = .null }
    return channel
  }

  private func x(_ field: String = "x") -> JSONTree {
    position(panel.x, field: field, title: scene.xTitle)
  }

  private func y(_ field: String = "y") -> JSONTree {
    position(panel.y, field: field, title: scene.yTitle)
  }

  /// A value as the data has it: a label, a number, or milliseconds by the zone's clock.
  private func value(_ value: Double, _ scale: Scale) -> JSONTree {
    switch scale.kind {
    case .category(let labels):
      let index = Int(max(-1, min(value.rounded(), 1e9)))
      return labels.indices.contains(index) ? .string(labels[index]) : .null
    case .linear, .log: return .float(value)
    case .time(let zone):
      guard abs(value) < 8e18 else { return .null }
      return .int(zone.local(Int(value)) / 1000)
    }
  }

  /// The color channel: by the legend, or one color for all.
  private func color(_ paint: Paint?) -> JSONTree {
    guard let legend = scene.legend else {
      return ["value": .string(Self.hex(paint ?? .series(0)))]
    }
    switch legend.content {
    case .series(let entries):
      return [
        "field": "series", "type": "nominal", "title": .string(legend.title), "sort": .null,
        "scale": [
          "domain": .array(entries.map { .string($0.label) }),
          "range": .array(entries.map { .string(Self.hex($0.paint)) }),
        ],
      ]
    case .gradient(let low, let high, let lowLabel, let highLabel):
      let labels =
        "datum.value <= \(JSONTree.float(low).text) ? \(JSONTree.string(lowLabel).text) : "
        + JSONTree.string(highLabel).text
      return [
        "field": "shade", "type": "quantitative", "title": .string(legend.title),
        "scale": ["scheme": "viridis", "domain": [.float(low), .float(high)]],
        "legend": ["values": [.float(low), .float(high)], "labelExpr": .string(labels)],
      ]
    }
  }

  private static func hex(_ paint: Paint) -> String {
    switch paint {
    case .series(let index): Palette.light[index % Palette.light.count]
    case .other: "#9a9a9a"
    case .gradient(let share): Palette.gradientColor(share)
    }
  }

  /// The members of a row that its color and its tooltip come from.
  private func identity(_ paint: Paint, _ name: String) -> [JSONTree.Member] {
    var members: [JSONTree.Member] = []
    if case .gradient(let share) = paint,
      case .gradient(let low, let high, _, _)? =
        scene.legend?.content
    {
      members.append(JSONTree.Member("shade", .float(low * (1 - share) + high * share)))
    } else if let label = labels[paint] {
      members.append(JSONTree.Member("series", .string(label)))
    }
    if !name.isEmpty, name != labels[paint] {
      members.append(JSONTree.Member("name", .string(name)))
    }
    return members
  }

  private func row(
    _ place: [(String, JSONTree)], _ paint: Paint = .series(0), _ name: String = ""
  ) -> JSONTree {
    .object(place.map { JSONTree.Member($0, $1) } + identity(paint, name))
  }

  // MARK: Lines and points

  private mutating func addLines(_ weight: Mark.Line.Weight) {
    var rows: [JSONTree] = []
    var id = 0
    for case .line(let line) in panel.marks where line.weight == weight {
      for point in line.points {
        rows.append(
          row(
            [
              ("x", value(point.x, panel.x)), ("y", value(point.y, panel.y)), ("line", .int(id)),
              ("order", .int(rows.count)),
            ], line.paint, line.name))
      }
      id += 1
    }
    let isParallel = !panel.dimensions.isEmpty
    var mark: JSONTree = [
      "type": "line", "tooltip": ["content": "data"],
      "strokeWidth": .float(weight == .strong ? 2.4 : weight == .normal && !isParallel ? 1.8 : 1),
    ]
    if weight == .faint || isParallel { mark["opacity"] = .float(isParallel ? 0.55 : 0.35) }
    var encoding: JSONTree = [
      "x": x(), "y": y(), "color": color(nil), "detail": ["field": "line"],
      "order": ["field": "order", "type": "quantitative"],
    ]
    if weight == .reference {
      mark["strokeDash"] = [5, 4]
      encoding["color"] = ["value": "gray"]
    }
    add(mark, rows, encoding)
  }

  private mutating func addBands() {
    var rows: [JSONTree] = []
    var id = 0
    for case .band(let band) in panel.marks {
      for (low, high) in zip(band.low, band.high) {
        rows.append(
          row(
            [
              ("x", value(low.x, panel.x)), ("low", value(low.y, panel.y)),
              ("high", value(high.y, panel.y)), ("line", .int(id)),
            ], band.paint, band.name))
      }
      id += 1
    }
    add(
      ["type": "area", "opacity": 0.18], rows,
      [
        "x": x(), "y": y("low"), "y2": ["field": "high"], "color": color(nil),
        "detail": ["field": "line"],
      ])
  }

  private mutating func addPoints() {
    var rows: [JSONTree] = []
    var isFaint = false
    for case .points(let points) in panel.marks {
      isFaint = isFaint || points.isFaint
      for (index, point) in points.points.enumerated() {
        let paint = points.paints.isEmpty ? points.paint : points.paints[index]
        rows.append(
          row(
            [("x", value(point.x, panel.x)), ("y", value(point.y, panel.y))], paint, points.name))
      }
    }
    add(
      [
        "type": "circle", "tooltip": ["content": "data"], "size": rows.count > 500 ? 14 : 36,
        "opacity": .float(isFaint ? 0.25 : rows.count > 100 ? 0.6 : 0.85),
      ], rows, ["x": x(), "y": y(), "color": color(nil)])
  }

  private mutating func addIntervals() {
    var rows: [JSONTree] = []
    for case .intervals(let intervals) in panel.marks {
      rows += intervals.map {
        row([
          ("x", value($0.x, panel.x)), ("low", value($0.low, panel.y)),
          ("high", value($0.high, panel.y)),
        ])
      }
    }
    add(
      ["type": "errorbar", "ticks": true], rows,
      ["x": x(), "y": y("low"), "y2": ["field": "high"]])
  }

  private mutating func addRules() {
    for case .rule(let rule) in panel.marks {
      let scale = rule.isVertical ? panel.x : panel.y
      var channel = position(scale, field: "", title: rule.isVertical ? scene.xTitle : scene.yTitle)
      channel["field"] = nil
      channel["sort"] = nil
      channel["datum"] = value(rule.value, scale)
      // A layer without rows draws nothing, also where no row is read.
      layers.append([
        "data": ["values": [[:]]],
        "mark": ["type": "rule", "strokeDash": [5, 4], "color": "gray"],
        "encoding": [rule.isVertical ? "x" : "y": channel],
      ])
    }
  }

  // MARK: Bars, boxes, cells

  private mutating func addBars() {
    var rows: [JSONTree] = []
    var isCategorical = false
    var isDodged = false
    var isOverlaid = false
    for case .bars(let bars) in panel.marks {
      for bar in bars {
        isOverlaid = isOverlaid || bar.isOverlaid
        var place: [(String, JSONTree)] = []
        if let category = bar.category {
          isCategorical = true
          isDodged = isDodged || bar.right - bar.left < 0.79
          place.append(("x", value(Double(category), panel.x)))
        } else {
          place.append(("x", value(bar.left, panel.x)))
          place.append(("end", value(bar.right, panel.x)))
        }
        place.append(("base", .float(bar.base)))
        place.append(("y", .float(bar.top)))
        rows.append(row(place, bar.paint, bar.name))
      }
    }
    var encoding: JSONTree = [
      "x": x(), "y": y("base"), "y2": ["field": "y"], "color": color(nil),
    ]
    if !isCategorical { encoding["x2"] = ["field": "end"] }
    if isDodged { encoding["xOffset"] = ["field": "series", "sort": .null] }
    add(
      [
        "type": "bar", "tooltip": ["content": "data"],
        "opacity": .float(isOverlaid ? 0.55 : 0.9),
      ], rows, encoding)
  }

  private mutating func addBoxes() {
    var rows: [JSONTree] = []
    var outliers: [JSONTree] = []
    var isDodged = false
    for case .boxes(let boxes) in panel.marks {
      isDodged = isDodged || Set(boxes.map(\.category)).count < boxes.count
      for box in boxes {
        let place = ("x", value(Double(box.category), panel.x))
        rows.append(
          row(
            [
              place, ("low", .float(box.low)), ("q1", .float(box.lowerQuartile)),
              ("median", .float(box.median)), ("q3", .float(box.upperQuartile)),
              ("high", .float(box.high)), ("count", .int(box.count)),
            ], box.paint, box.name))
        outliers += box.outliers.map { row([place, ("y", .float($0))], box.paint, box.name) }
      }
    }
    var shared: JSONTree = ["x": x(), "color": color(nil)]
    if isDodged { shared["xOffset"] = ["field": "series", "sort": .null] }
    func encoding(_ field: String, _ second: String? = nil) -> JSONTree {
      var encoding = shared
      encoding["y"] = y(field)
      if let second { encoding["y2"] = ["field": .string(second)] }
      return encoding
    }
    let size = max(6, min(40, 300 / max(1, rows.count)))
    add(["type": "rule"], rows, encoding("low", "high"))
    add(
      ["type": "bar", "size": .int(size), "opacity": 0.55, "tooltip": ["content": "data"]], rows,
      encoding("q1", "q3"))
    var median = encoding("median")
    median["color"] = ["value": "black"]
    add(["type": "tick", "size": .int(size), "thickness": 2], rows, median)
    add(["type": "circle", "size": 16], outliers, encoding("y"))
  }

  private mutating func addCells() {
    var rows: [JSONTree] = []
    var isShaded = false
    for case .cells(let cells) in panel.marks {
      for cell in cells {
        var place: [(String, JSONTree)] = []
        for (name, range, scale) in [("x", cell.x, panel.x), ("y", cell.y, panel.y)] {
          if scale.labels != nil {
            let middle = (range.lowerBound + range.upperBound) / 2
            place.append((name, value(middle, scale)))
          } else {
            place.append((name, value(range.lowerBound, scale)))
            place.append((name + "End", value(range.upperBound, scale)))
          }
        }
        place.append(("value", .float(cell.value)))
        if case .gradient = cell.paint {
        } else {
          isShaded = true
          place.append(("share", .float(cell.share)))
        }
        rows.append(row(place, cell.paint, cell.name))
      }
    }
    var encoding: JSONTree = ["x": x(), "y": y(), "color": color(nil)]
    if panel.x.labels == nil { encoding["x2"] = ["field": "xEnd"] }
    if panel.y.labels == nil { encoding["y2"] = ["field": "yEnd"] }
    if isShaded {
      encoding["opacity"] = [
        "field": "share", "type": "quantitative", "legend": .null,
        "scale": ["domain": [0, 1], "range": [0.25, 1]],
      ]
    }
    add(["type": "rect", "tooltip": ["content": "data"]], rows, encoding)
  }

  // MARK: Parallel coordinates

  private mutating func addDimensions() {
    var axes: [JSONTree] = []
    var texts: [JSONTree] = []
    for (index, dimension) in panel.dimensions.enumerated() {
      let place = JSONTree.int(index)
      axes.append(["x": place, "y": 0, "end": 1])
      texts.append(["x": place, "y": -0.08, "text": .string(dimension.title)])
      let ends = PanelDrawing.ends(dimension.scale)
      texts.append(["x": place, "y": -0.025, "text": .string(ends.low)])
      texts.append(["x": place, "y": 1.03, "text": .string(ends.high)])
    }
    add(
      ["type": "rule", "color": "gray"], axes,
      ["x": x(), "y": y(), "y2": ["field": "end"]])
    add(
      ["type": "text", "clip": false, "color": "gray"], texts,
      ["x": x(), "y": y(), "text": ["field": "text", "type": "nominal"]])
  }
}
