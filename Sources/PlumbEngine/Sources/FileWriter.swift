import PlumbColumns
import PlumbOutput

/// Writes a table to a file in the format that its ending names. A failure leaves what was there.
func writeTable(
  _ table: Table, to path: String, control: RunControl
) throws(ImportError) {
  let format = try outputFormat(forPath: path)
  var options = OutputOptions()
  options.control = control
  do throws(OutputError) {
    let file = try ReplacementFile(path)
    try format.render(table, options: options, to: .descriptor(file.descriptor))
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
