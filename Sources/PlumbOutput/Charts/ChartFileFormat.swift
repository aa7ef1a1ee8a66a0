package import PlumbCharts
import PlumbColumns

/// A way to write a chart to a file of its own.
package enum ChartFileFormat: String, Sendable, CaseIterable {
  /// An image.
  case svg
  /// A page with the image.
  case html
  /// A Vega-Lite specification.
  case json
  /// Characters.
  case txt

  /// The format that a file's name chooses by its ending.
  package init?(path: String) {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else {
      return nil
    }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }

  /// The endings, for messages.
  package static var endings: String {
    allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
  }

  /// Writes a chart.
  package func render(
    _ chart: Chart, options: OutputOptions = OutputOptions(), to sink: ByteSink
  ) throws(OutputError) {
    var buffer = TextBuffer(capacity: 1 << 16)
    switch self {
    case .svg: buffer.append(SVGChart(try chart.watchedScene(options)).text)
    case .html:
      let scene = try chart.watchedScene(options)
      buffer.append(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
      var title = scene.title ?? scene.description
      title.withUTF8 { TextEscapes.appendHTML($0, to: &buffer) }
      buffer.append("</title>\n<style>:root{color-scheme:light dark}</style>\n</head>\n<body>\n")
      buffer.append(SVGChart(scene).text)
      buffer.append("</body>\n</html>\n")
    case .json:
      buffer.append(VegaLiteChart(try chart.watchedScene(options)).specification.text + "\n")
    case .txt:
      var plain = options
      plain.usesColor = false
      buffer.append(try chart.terminalText(plain))
    }
    try sink.write(&buffer)
  }
}

extension Chart {
  /// What is drawn, unless the run to which the output belongs is stopped.
  package func watchedScene(_ options: OutputOptions) throws(OutputError) -> Scene {
    do {
      return try scene(zone: options.timeZone, control: options.control ?? RunControl())
    } catch {
      try options.checkRun()
      throw OutputError(.interrupted, "interrupted")
    }
  }

  /// The chart in characters, 80 columns wide where no terminal says otherwise.
  func terminalText(_ options: OutputOptions) throws(OutputError) -> String {
    let width = options.terminalWidth.map { min($0, 120) } ?? 80
    return TerminalChart(
      try watchedScene(options), width: width, usesColor: options.usesColor
    ).text
  }
}
