package import PlumbCharts
package import PlumbColumns

/// A way to write results as bytes: a definition, listed in `OutputFormatCatalog`.
package struct OutputFormat: Sendable {
  /// The name that `--format` takes, such as `csv`.
  package let name: String
  /// One sentence for help.
  package let summary: String
  /// File name endings that choose the format, without the dot, lower case.
  package let extensions: [String]
  /// Whether the bytes are no text, and hold one table and nothing else.
  package let isBinary: Bool
  /// The names that `compression = …` may have; none for a format that has no choice.
  package let compressions: [String]
  private let renderTable: @Sendable (Table, OutputOptions, ByteSink) throws(OutputError) -> Void
  private let renderChart: (@Sendable (Chart, OutputOptions, ByteSink) throws(OutputError) -> Void)?
  private let appendValue: @Sendable (Value, OutputOptions, inout TextBuffer) -> Void

  /// Without `renderChart`, the rows of a chart are written as a table is.
  package init(
    name: String, summary: String, extensions: [String], isBinary: Bool = false,
    compressions: [String] = [],
    renderTable: @escaping @Sendable (Table, OutputOptions, ByteSink) throws(OutputError) -> Void,
    renderChart: (@Sendable (Chart, OutputOptions, ByteSink) throws(OutputError) -> Void)? = nil,
    appendValue: @escaping @Sendable (Value, OutputOptions, inout TextBuffer) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.extensions = extensions
    self.isBinary = isBinary
    self.compressions = compressions
    self.renderTable = renderTable
    self.renderChart = renderChart
    self.appendValue = appendValue
  }

  /// Writes a table. The bytes go to the sink in pieces, whatever the table's size.
  package func render(
    _ table: Table, options: OutputOptions = OutputOptions(), to sink: ByteSink
  ) throws(OutputError) {
    try renderTable(table, options, sink)
  }

  /// Writes a chart: a picture, or in a format for programs its rows.
  package func render(
    _ chart: Chart, options: OutputOptions = OutputOptions(), to sink: ByteSink
  ) throws(OutputError) {
    guard let renderChart else { return try renderTable(chart.table, options, sink) }
    try renderChart(chart, options, sink)
  }

  /// Writes a single value and a newline.
  package func render(
    _ value: Value, options: OutputOptions = OutputOptions(), to sink: ByteSink
  ) throws(OutputError) {
    var buffer = TextBuffer()
    appendValue(value, options, &buffer)
    buffer.append(0x0A)
    try sink.write(&buffer)
  }

  /// The bytes of a table as text. For small tables, such as in a notebook or a test.
  package func text(_ table: Table, options: OutputOptions = OutputOptions()) -> String {
    let (sink, collected) = ByteSink.collecting()
    // A collecting sink does not fail, and without a run to watch nothing else throws.
    try? render(table, options: options.unwatched, to: sink)
    return collected.text
  }

  /// The text of a chart.
  package func text(_ chart: Chart, options: OutputOptions = OutputOptions()) -> String {
    let (sink, collected) = ByteSink.collecting()
    try? render(chart, options: options.unwatched, to: sink)
    return collected.text
  }

  /// The text of a value, with its newline.
  package func text(_ value: Value, options: OutputOptions = OutputOptions()) -> String {
    let (sink, collected) = ByteSink.collecting()
    try? render(value, options: options.unwatched, to: sink)
    return collected.text
  }
}
