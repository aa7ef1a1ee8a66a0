import PlumbAudit
import PlumbColumns
import PlumbEngine
import PlumbOutput

/// Writes what a program shows, in the format that was asked for.
struct ResultWriter {
  let target: OutputTarget
  let format: OutputFormat
  var options: OutputOptions
  /// Whether a table may follow something else without an empty line: formats for programs.
  private let isDense: Bool
  private var last = Kind.nothing

  private enum Kind {
    case nothing, line, block
  }

  init(target: OutputTarget, format: OutputFormat, options: OutputOptions) {
    self.target = target
    self.format = format
    self.options = options
    isDense = ["json", "jsonl", "html"].contains(format.name)
  }

  /// Writes a result; on a terminal it is there at once.
  mutating func write(_ result: ShownResult) throws(OutputFailure) {
    if format.isBinary { return try writeAlone(result) }
    switch result {
    case .table(let table, _):
      try separate(before: .block)
      options.notes = result.notes
      try render { (sink) throws(OutputError) in
        try format.render(table, options: options, to: sink)
      }
    case .chart(let chart, _):
      try separate(before: .block)
      options.notes = result.notes
      try render { (sink) throws(OutputError) in
        try format.render(chart, options: options, to: sink)
      }
    case .value(let value, _):
      try separate(before: .line)
      try render { (sink) throws(OutputError) in
        try format.render(value, options: options, to: sink)
      }
    case .text(let text):
      try separate(before: .block)
      let plain = text.hasSuffix("\n") ? String(text.dropLast()) : text
      let textFormat = isDense ? format : OutputFormat.table
      try render { (sink) throws(OutputError) in
        try textFormat.render(.string(plain), options: options, to: sink)
      }
    }
    if options.isTerminal { try target.flush() }
  }

  /// Writes the end of an audit: for people a text, in a format for programs its outcomes.
  mutating func write(_ report: AuditReport) throws(OutputFailure) {
    if format.name != OutputFormat.table.name {
      return try write(.table(report.outcomeTable, nullConditionRows: 0))
    }
    try separate(before: .block)
    try target.write(
      ClosingReport.text(report, maxFindings: options.isTerminal ? Self.shownFindings : nil))
    if options.isTerminal { try target.flush() }
  }

  /// The rows of evidence of a check that a terminal shows.
  private static let shownFindings = 20

  /// Writes a line of `print`.
  mutating func print(_ line: String) throws(OutputFailure) {
    guard !format.isBinary else { throw surplus("what `print` writes") }
    try separate(before: .line)
    try render { (sink) throws(OutputError) in
      try OutputFormat.table.render(.string(line), options: options, to: sink)
    }
    if options.isTerminal { try target.flush() }
  }

  /// Writes the one table of a binary format.
  private mutating func writeAlone(_ result: ShownResult) throws(OutputFailure) {
    guard case .table(let table, _) = result, last == .nothing else {
      throw surplus(last == .nothing ? "a result that is no table" : "a second result")
    }
    last = .block
    try render { (sink) throws(OutputError) in
      try format.render(table, options: options, to: sink)
    }
  }

  private func surplus(_ what: String) -> OutputFailure {
    OutputFailure(
      "the format \(format.name) takes one table, and there is \(what); write tables with `save`")
  }

  /// An empty line around tables and other blocks, so that they can be told apart.
  private mutating func separate(before kind: Kind) throws(OutputFailure) {
    defer { last = kind }
    guard !isDense, last != .nothing, last == .block || kind == .block else { return }
    try target.write("\n")
  }

  private func render(
    _ body: (ByteSink) throws(OutputError) -> Void
  ) throws(OutputFailure) {
    do throws(OutputError) { try body(target.sink) } catch { throw OutputFailure(error) }
  }
}
