import PlumbColumns
import PlumbDiagnostics

/// Turns the rows of a chart into a scene. Each kind of chart is an extension in a file of its own.
struct SceneBuilder {
  let specification: ChartSpecification
  let table: Table
  let zone: TimeZoneRules
  let control: RunControl
  let facets: Categories?
  /// The series; nil without `color`, and where colors are a gradient.
  let colors: Categories?
  var scene: Scene
  /// Rows that no mark can stand for.
  var skippedRows = 0
  /// What else is to be said below the chart.
  var notes: [String] = []

  /// More panels than this are left out.
  static let panelLimit = 12
  /// More categories than this on an axis are left out.
  static let categoryLimit = 60
  /// The parts of the x axis of which a long line keeps first, last, least and greatest points.
  static let lineBuckets = 500

  /// Rows of one panel and one color.
  struct Group {
    let facet: Int
    let color: Int
    var rows: [Int32]
  }

  init(
    _ chart: Chart, zone: TimeZoneRules, control: RunControl
  ) throws(RunControl.Interruption) {
    specification = chart.specification
    table = chart.table
    self.zone = zone
    self.control = control
    scene = Scene(kind: specification.kind, title: specification.title)
    let table = table
    let specification = specification
    func column(_ channel: ChartChannel) -> Column? {
      specification.column(channel).flatMap { table[$0.name] }
    }
    facets = try column(.facet).map { (column) throws(RunControl.Interruption) in
      try Categories(column, zone: zone, control: control)
    }
    colors =
      if let column = column(.color), !Self.isGradient(column, specification.kind) {
        try Categories(column, zone: zone, control: control)
      } else { nil }
  }

  /// Whether colors follow numbers: points and rows of many different ones.
  private static func isGradient(_ column: Column, _ kind: ChartKind) -> Bool {
    switch kind {
    case .heatmap: return true
    case .scatter, .parallel: break
    case .line, .bar, .hist, .box, .ecdf: return false
    }
    switch column.type {
    case .int, .float, .duration, .timestamp: break
    default: return false
    }
    let doubles = column.doubles()
    var seen: Set<Double> = []
    for row in 0..<column.count where !column.isNull(row) {
      seen.insert(doubles[row])
      if seen.count > Paint.seriesLimit { return true }
    }
    return false
  }

  mutating func build() throws(RunControl.Interruption) -> Scene {
    switch specification.kind {
    case .line: try addLines()
    case .scatter: try addPoints()
    case .bar: try addBars()
    case .hist: try addHistogram()
    case .box: try addBoxes()
    case .heatmap: try addHeatmap()
    case .ecdf: try addDistribution()
    case .parallel: try addParallel()
    }
    addRules()
    if table.rowCount == 0 { notes.append("no rows") }
    if skippedRows > 0 {
      notes.append(
        "\(counted(skippedRows, "row")) without a value that can be drawn left out")
    }
    scene.notes = notes
    scene.description = SceneDescription(scene, specification, rowCount: table.rowCount).text
    return scene
  }

  // MARK: Rows

  func column(_ channel: ChartChannel) -> Column? {
    specification.column(channel).flatMap { table[$0.name] }
  }

  func values(
    _ channel: ChartChannel, asCategories: Bool = false
  ) throws(RunControl.Interruption) -> ChannelValues? {
    guard let column = column(channel) else { return nil }
    return try ChannelValues(column, asCategories: asCategories, zone: zone, control: control)
  }

  /// The title of a channel's axis or legend.
  func title(_ channel: ChartChannel) -> String {
    if channel == .color, let title = specification.colorTitle { return title }
    return specification.column(channel)?.title ?? ""
  }

  /// The rows by panel and color, in the order of the panels, then of the colors.
  mutating func groups() throws(RunControl.Interruption) -> [Group] {
    let panels = panelCount
    if let facets, facets.labels.count > panels {
      notes.append("\(panels) of \(facets.labels.count) panels shown")
    }
    let seriesCount = max(1, colors?.labels.count ?? 1)
    var groups: [Group] = []
    var positions: [Int: Int] = [:]
    for row in 0..<table.rowCount {
      if row & 0xFFFF == 0 { try control.check() }
      let facet = Int(facets?.codes[row] ?? 0)
      let color = Int(colors?.codes[row] ?? 0)
      guard facet < panels else { continue }
      let key = facet * seriesCount + color
      if let position = positions[key] {
        groups[position].rows.append(Int32(row))
      } else {
        positions[key] = groups.count
        groups.append(Group(facet: facet, color: color, rows: [Int32(row)]))
      }
    }
    return groups.sorted { ($0.facet, $0.color) < ($1.facet, $1.color) }
  }

  var panelCount: Int { min(Self.panelLimit, max(1, facets?.labels.count ?? 1)) }

  // MARK: Axes and legend

  /// The scale of an axis that holds values from `low` to `high`.
  func scale(
    _ kind: ChannelValues.Kind, low: Double, high: Double, isLog: Bool = false,
    isRound: Bool = false
  ) -> Scale {
    switch kind {
    case .category(let labels): return .categories(Array(labels.prefix(Self.categoryLimit)))
    case .time:
      guard low <= high else { return Scale(.time(zone), low: 0, high: 86_400_000_000) }
      let room = low == high ? 3_600_000_000.0 : 0
      return Scale(.time(zone), low: low - room, high: high + room)
    case .number, .duration:
      return .numbers(low: low, high: high, isLog: isLog, isRound: isRound)
    }
  }

  /// The scale of a vertical axis, as above; categories are read from the top.
  func verticalScale(
    _ kind: ChannelValues.Kind, low: Double, high: Double, isLog: Bool = false,
    isRound: Bool = false
  ) -> Scale {
    guard case .category(let labels) = kind else {
      return scale(kind, low: low, high: high, isLog: isLog, isRound: isRound)
    }
    return .categories(Array(labels.prefix(Self.categoryLimit)), isReversed: true)
  }

  /// Adds the panels with their axes and titles.
  mutating func addPanels(x: Scale, y: Scale, xTitle: String, yTitle: String) {
    scene.panels = (0..<panelCount).map { index in
      Scene.Panel(title: facets.map { $0.labels.isEmpty ? "" : $0.labels[index] }, x: x, y: y)
    }
    scene.xTitle = specification.xTitle ?? xTitle
    scene.yTitle = specification.yTitle ?? yTitle
  }

  /// The name of a series; empty when there is but one.
  func name(_ color: Int) -> String { colors.map { $0.labels[color] } ?? "" }

  /// The color of a series: of the palette, or by its rank where it has one and there are many.
  func paint(_ color: Int) -> Paint {
    guard let colors, colors.isOrdered, colors.labels.count > Paint.seriesLimit else {
      return .ofSeries(color)
    }
    return .gradient(Double(color) / Double(colors.labels.count - 1))
  }

  /// Says what the colors of the series mean.
  mutating func addLegend() {
    guard let colors, let first = colors.labels.first, let last = colors.labels.last else { return }
    let title = title(.color)
    if colors.isOrdered, colors.labels.count > Paint.seriesLimit {
      scene.legend = Scene.Legend(
        title: title,
        content: .gradient(
          low: 0, high: Double(colors.labels.count - 1), lowLabel: first, highLabel: last))
      return
    }
    var entries = colors.labels.prefix(Paint.seriesLimit).enumerated().map {
      Scene.Legend.Entry(label: $1, paint: .series($0))
    }
    let others = colors.labels.count - entries.count
    if others > 0 {
      entries.append(Scene.Legend.Entry(label: counted(others, "other"), paint: .other))
    }
    scene.legend = Scene.Legend(title: title, content: .series(entries))
  }

  private mutating func addRules() {
    for index in scene.panels.indices {
      let panel = scene.panels[index]
      for value in specification.xLines where specification.kind != .parallel {
        let label = scaleLabel(value, panel.x)
        scene.panels[index].marks.append(
          .rule(Mark.Rule(value: value, isVertical: true, label: label)))
      }
      for value in specification.yLines where specification.kind != .parallel {
        scene.panels[index].marks.append(
          .rule(Mark.Rule(value: value, isVertical: false, label: scaleLabel(value, panel.y))))
      }
      if specification.hasDiagonal, panel.x.labels == nil, panel.y.labels == nil {
        let low = max(panel.x.low, panel.y.low)
        let high = min(panel.x.high, panel.y.high)
        guard low < high else { continue }
        scene.panels[index].marks.insert(
          .line(
            Mark.Line(
              points: [Point(x: low, y: low), Point(x: high, y: high)], paint: .other,
              weight: .reference)), at: 0)
      }
    }
  }

  private func scaleLabel(_ value: Double, _ scale: Scale) -> String {
    if case .time(let zone) = scale.kind, abs(value) < 8e18 {
      var text = TextBuffer()
      TimestampText.appendDate(
        CivilTime(microseconds: zone.local(Int(value))).date, to: &text)
      return text.string
    }
    return AxisText.value(value)
  }
}

/// The least and the greatest of some numbers; empty at first.
struct Extent {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity

  /// Takes a number in; NaN changes nothing.
  mutating func include(_ value: Double) {
    if value < low { low = value }
    if value > high { high = value }
  }
}
