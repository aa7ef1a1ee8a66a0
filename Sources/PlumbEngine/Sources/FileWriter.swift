import PlumbCharts
import PlumbColumns
import PlumbFunctions
import PlumbOutput

/// Writes a table to a file in the format that its ending names. A failure leaves what was there.
///
/// - Parameter settings: The options of `save`.
func writeTable(
  _ table: Table, to path: String, settings: [String: Value] = [:], control: RunControl
) throws(ImportError) {
  if isProfile(path) {
    _ = try compression(settings, [], path)
    return try writeProfile(table, to: path, control: control)
  }
  let format = try outputFormat(forPath: path)
  var options = OutputOptions()
  options.compression = try compression(settings, format.compressions, path)
  options.control = control
  try writeFile(path) { (sink) throws(OutputError) in
    try format.render(table, options: options, to: sink)
  }
}

/// What the options of `save` say of the compression, the only one that there is.
private func compression(
  _ settings: [String: Value], _ known: [String], _ path: String
) throws(ImportError) -> String? {
  if let unknown = settings.keys.filter({ $0 != "compression" }).min() {
    throw ImportError(
      .badOption, "`save` has no option `\(unknown)`",
      remedy: "it has `compression`, for Arrow files and streams")
  }
  guard let setting = settings["compression"], !setting.isNull else { return nil }
  guard !known.isEmpty else {
    throw ImportError(
      .badOption, "the format of `\(path)` has no choice of compression",
      remedy: "leave `compression` out, or save an Arrow file: `save \"x.arrow\"`")
  }
  guard case .string(let name) = setting, known.contains(name) else {
    let names = known.map { "`\"\($0)\"`" }.joined(separator: ", ")
    throw ImportError(
      .badOption, "`compression` is none that the format of `\(path)` has",
      remedy: "it is one of \(names)")
  }
  return name
}

/// Whether a file's name is that of a profile.
func isProfile(_ path: String) -> Bool { path.lowercased().hasSuffix(".profile") }

/// Writes the profile of a table.
private func writeProfile(
  _ table: Table, to path: String, control: RunControl
) throws(ImportError) {
  let profile: TableProfile
  do throws(RunControl.Interruption) {
    profile = try TableProfile(of: table, control: control)
  } catch {
    throw ImportError(error)
  }
  try writeFile(path) { (sink) throws(OutputError) in
    var buffer = TextBuffer()
    buffer.append(profile.json)
    buffer.append("\n")
    try sink.write(&buffer)
  }
}

/// Writes a chart to a file in the format that its ending names, as above.
func writeChart(_ chart: Chart, to path: String, control: RunControl) throws(ImportError) {
  guard let format = ChartFileFormat(path: path) else {
    throw ImportError(
      .wrongFormat, "no format of charts is known for `\(path)`",
      remedy: "a name ends in one of \(ChartFileFormat.endings)")
  }
  var options = OutputOptions()
  options.control = control
  try writeFile(path) { (sink) throws(OutputError) in
    try format.render(chart, options: options, to: sink)
  }
}

private func writeFile(
  _ path: String, _ body: (ByteSink) throws(OutputError) -> Void
) throws(ImportError) {
  do throws(OutputError) {
    let file = try ReplacementFile(path)
    try body(.descriptor(file.descriptor))
    try file.finish()
  } catch {
    switch error.kind {
    case .interrupted: throw ImportError(.interrupted, error.message)
    case .memoryLimit: throw ImportError(.memoryLimit, error.message)
    case .closed, .writeFailed:
      throw ImportError(
        .writeFailed, "cannot write `\(path)`: \(error.message)",
        remedy: "check the folder, its permissions and the space that is left")
    }
  }
}

/// The format that the ending of a file's name asks for.
func outputFormat(forPath path: String) throws(ImportError) -> OutputFormat {
  let catalog = OutputFormatCatalog.builtin
  if let format = catalog.format(forPath: path) { return format }
  let endings = catalog.formats.flatMap(\.extensions).map { ".\($0)" }.joined(separator: ", ")
  throw ImportError(
    .wrongFormat, "no format is known for `\(path)`", remedy: "a name ends in one of \(endings)")
}
