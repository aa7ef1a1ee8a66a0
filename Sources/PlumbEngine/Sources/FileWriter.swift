import PlumbCharts
import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbOutput

/// Writes a table to a file in the format that its ending names. A failure leaves what was there.
///
/// - Parameter settings: The options of `save`; of a profile, `by` names the columns whose values have
///   profiles of their own.
func writeTable(
  _ table: Table, to path: String, settings: [String: Value] = [:], control: RunControl
) throws(ImportError) {
  var settings = settings
  let keys = settings.removeValue(forKey: "by")
  if isProfile(path) {
    _ = try compression(settings, [], path)
    return try writeProfile(table, to: path, by: keys, control: control)
  }
  if keys != nil {
    throw ImportError(.badOption, "only a `.profile` has `by`, and not `\(path)`")
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
  _ table: Table, to path: String, by names: Value?, control: RunControl
) throws(ImportError) {
  let keys = try profileKeys(names, of: table)
  let made: TableProfile?
  do throws(RunControl.Interruption) {
    made = try TableProfile(of: table, by: keys, control: control)
  } catch {
    throw ImportError(error)
  }
  guard let profile = made else {
    throw ImportError(
      .badOption,
      "the keys of a profile have at most \(TableProfile.groupLimit) different values together",
      remedy: "leave out a key, or make its values fewer")
  }
  try writeFile(path) { (sink) throws(OutputError) in
    var buffer = TextBuffer()
    buffer.append(profile.json)
    buffer.append("\n")
    try sink.write(&buffer)
  }
}

/// The keys that an option names: a text or a list of texts.
private func profileKeys(
  _ names: Value?, of table: Table
) throws(ImportError) -> [TableProfile.Key] {
  let texts: [Value]
  switch names {
  case nil: texts = []
  case .list(let list, _)?: texts = list
  case .some(let one): texts = [one]
  }
  var keys: [TableProfile.Key] = []
  for text in texts {
    guard case .string(let name) = text else {
      throw ImportError(.badOption, "`by` of a profile names columns: `by = [\"country\"]`")
    }
    guard let field = table.schema[name] else {
      throw ImportError(
        .badOption, "`by` names a column `\(name)` that the table does not have",
        remedy: nearestName(to: name, in: table.schema.fields.map(\.name)).map {
          "did you mean `\($0)`?"
        })
    }
    guard TableProfile.Key.types.contains(field.type) else {
      throw ImportError(
        .badOption, "a key of a profile is a text, an int or a bool, and `\(name)` is \(field.type)"
      )
    }
    if !keys.contains(where: { $0.name == name }) {
      keys.append(TableProfile.Key(name: name, type: field.type))
    }
  }
  return keys
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
