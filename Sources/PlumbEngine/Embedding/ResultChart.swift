import PlumbCharts
import PlumbColumns

/// A chart that a program shows.
public struct ResultChart: Sendable {
  private let chart: Chart

  init(_ chart: Chart) { self.chart = chart }

  /// The rows that it draws, a column for each channel.
  public var rows: ResultTable { ResultTable(chart.table) }

  /// The chart as an SVG image that needs nothing else.
  public var svg: String { scene.map { SVGChart($0).text } ?? "" }

  /// The chart as a Vega-Lite 5 specification with its data.
  public var vegaLite: String { scene.map { VegaLiteChart($0).specification.text } ?? "" }

  /// The chart in characters, without colors.
  public func text(width: Int = 80) -> String {
    scene.map { TerminalChart($0, width: width).text } ?? ""
  }

  /// Nobody can stop this one, so that it is always there.
  private var scene: Scene? { try? chart.scene() }
}
