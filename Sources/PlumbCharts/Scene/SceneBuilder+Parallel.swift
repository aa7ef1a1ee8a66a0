import PlumbColumns
import PlumbDiagnostics

/// Parallel coordinates: a line for each row, across an axis for each column.
extension SceneBuilder {
  /// The lines that are drawn; more would be a blot.
  private static let rowLimit = 1000

  mutating func addParallel() throws(RunControl.Interruption) {
    var axes: [(values: ChannelValues, dimension: Scene.Dimension)] = []
    for column in specification.columns where column.channel == .x {
      guard let source = table[column.name] else { continue }
      let values = try ChannelValues(source, zone: zone, control: control)
      var extent = Extent()
      values.numbers.forEach { extent.include($0) }
      axes.append(
        (
          values,
          Scene.Dimension(
            title: values.axisTitle(column.title),
            scale: scale(values.kind, low: extent.low, high: extent.high))
        ))
    }
    addPanels(
      x: Scale(.linear, low: 0, high: Double(max(1, axes.count - 1))),
      y: Scale(.linear, low: 0, high: 1), xTitle: "", yTitle: "")
    scene.panels[0].dimensions = axes.map(\.dimension)
    let step = max(1, (table.rowCount + Self.rowLimit - 1) / Self.rowLimit)
    if step > 1 { notes.append("every \(step)th of \(counted(table.rowCount, "row"))") }
    let shades = colors == nil ? try values(.color) : nil
    var extent = Extent()
    shades?.numbers.forEach { extent.include($0) }
    for row in stride(from: 0, to: table.rowCount, by: step) {
      var paint = Paint.series(0)
      if let colors { paint = self.paint(Int(colors.codes[row])) }
      if let shades {
        let value = shades.numbers[row]
        paint = value.isFinite ? .gradient(share(value, extent)) : .other
      }
      addLine(axes.map { $0.values.numbers[row] }, axes.map(\.dimension), paint, row)
    }
    addLegend()
    if shades != nil { addGradientLegend(extent) }
  }

  /// The line of a row, in pieces where it lacks a value.
  private mutating func addLine(
    _ numbers: [Double], _ dimensions: [Scene.Dimension], _ paint: Paint, _ row: Int
  ) {
    var points: [Point] = []
    let name = colors.map { $0.labels[Int($0.codes[row])] } ?? ""
    func finish(_ scene: inout Scene) {
      if points.count > 1 {
        scene.panels[0].marks.append(.line(Mark.Line(points: points, paint: paint, name: name)))
      }
      points = []
    }
    for (index, number) in numbers.enumerated() {
      let position = number.isFinite ? dimensions[index].scale.position(number) : .nan
      guard (0...1).contains(position) else {
        finish(&scene)
        continue
      }
      points.append(Point(x: Double(index), y: position))
    }
    finish(&scene)
  }
}
