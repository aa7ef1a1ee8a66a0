import PlumbColumns
import Testing

@testable import PlumbCharts

@Suite struct SceneTests {
  private func chart(
    _ kind: ChartKind, _ columns: [(ChartChannel, String, Column)]
  ) -> Chart {
    let schema = Schema(columns.map { Schema.Field($0.1, $0.2.type) })
    let table = Table(
      schema: schema, columns: columns.map(\.2), rowCount: columns[0].2.count)
    return Chart(
      ChartSpecification(
        kind: kind,
        columns: columns.map { ChartSpecification.Column($0.0, name: $0.1, title: $0.1) }), table)
  }

  /// A million points become a drawing of at most a few hundred kilobytes, of every kind.
  @Test(arguments: ChartKind.allCases)
  func aMillionPointsAreFewMarks(_ kind: ChartKind) throws {
    let count = 1_000_000
    let xs = Column((0..<count).map { Double($0 &* 7919 % 1_000_003) })
    let ys = Column((0..<count).map { Double($0 &* 104_729 % 999_983) })
    var columns: [(ChartChannel, String, Column)] = [(.x, "x", xs)]
    if kind != .hist, kind != .ecdf { columns.append((kind == .parallel ? .x : .y, "y", ys)) }
    if kind == .box { columns.removeFirst() }
    let scene = try chart(kind, columns).scene()
    #expect(SVGChart(scene).text.utf8.count < 1_000_000)
    #expect(VegaLiteChart(scene).specification.text.utf8.count < 2_000_000)
    #expect(TerminalChart(scene).text.utf8.count < 20_000)
  }

  /// Values at the ends of doubles are drawn somewhere, in every kind of chart and every format.
  @Test(arguments: ChartKind.allCases)
  func extremeValuesAreDrawn(_ kind: ChartKind) throws {
    let greatest = Double.greatestFiniteMagnitude
    for values in [
      [greatest], [-greatest], [-greatest, greatest], [greatest, greatest], [-1e308, 1e308],
      [.leastNonzeroMagnitude], [.leastNonzeroMagnitude, greatest], [-.infinity, .nan, .infinity],
      (0..<3000).map { Double($0 - 1500) * 1.19e305 },
    ] {
      let numbers = Column(values)
      let names = Column(values.indices.map { $0 % 2 == 0 ? "a" : "b" })
      for x in [numbers, names] where x.type == .float || kind == .bar || kind == .box {
        var columns: [(ChartChannel, String, Column)] = [(.x, "x", x)]
        if kind != .hist, kind != .ecdf {
          columns += [(kind == .parallel ? .x : .y, "y", numbers), (.color, "color", numbers)]
        }
        let scene = try chart(kind, columns).scene()
        #expect(!SVGChart(scene).text.isEmpty)
        #expect(!VegaLiteChart(scene).specification.text.isEmpty)
        #expect(!TerminalChart(scene).text.isEmpty)
      }
    }
  }

  @Test func aCancelledChartStops() {
    let control = RunControl()
    control.cancel()
    #expect(throws: RunControl.Interruption.self) {
      try chart(.hist, [(.x, "x", Column([1.0, 2.0]))]).scene(control: control)
    }
  }

  /// No line is wider than asked for, whatever the labels are.
  @Test(arguments: [30, 40, 80, 120])
  func linesFit(_ width: Int) throws {
    let names = Column(["短い名前", "a name that is much longer than any axis has room for", "é"])
    let values = Column([-1e9, 2.5, 1e12])
    for (kind, first) in [(ChartKind.bar, names), (.box, names), (.line, values)] {
      let scene = try chart(
        kind, [(.x, "x", first), (.y, "y", values), (.color, "c", names)]
      ).scene()
      let text = TerminalChart(scene, width: width).text
      for line in text.split(separator: "\n") {
        #expect(line.count <= width, "\(kind): \(line)")
      }
    }
  }

  /// Sizes that follow the page freeze JupyterLab, so that none is written.
  @Test func vegaLiteHasFixedSizes() throws {
    let scene = try chart(
      .line, [(.x, "x", Column([1.0, 2])), (.y, "y", Column([Double.nan, 2]))]
    ).scene()
    let text = VegaLiteChart(scene).specification.text
    #expect(!text.contains("container") && !text.contains("NaN"))
    #expect(scene.notes == ["1 row without a value that can be drawn left out"])
  }
}
