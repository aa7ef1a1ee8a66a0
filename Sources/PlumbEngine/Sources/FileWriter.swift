import Glibc
import PlumbColumns
import PlumbOutput

/// Writes a table to a file in the format that its ending names.
///
/// The bytes go to a file beside it that takes the name when it is whole, so that a failure
/// leaves what was there.
func writeTable(
  _ table: Table, to path: String, control: RunControl
) throws(ImportError) {
  let catalog = OutputFormatCatalog.builtin
  guard let format = catalog.format(forPath: path) else {
    let endings = catalog.formats.flatMap(\.extensions).map { ".\($0)" }.joined(separator: ", ")
    throw ImportError(
      .wrongFormat, "no format is known for `\(path)`", remedy: "a name ends in one of \(endings)")
  }
  let temporary = "\(path).part\(getpid())"
  let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw writeFailure(path) }
  var options = OutputOptions()
  options.control = control
  do throws(OutputError) {
    try format.render(table, options: options, to: .descriptor(descriptor))
  } catch {
    close(descriptor)
    unlink(temporary)
    if error.kind == .interrupted { throw ImportError(.interrupted, error.message) }
    throw ImportError(.writeFailed, "cannot write `\(path)`: \(error.message)")
  }
  guard close(descriptor) == 0, rename(temporary, path) == 0 else {
    let failure = writeFailure(path)
    unlink(temporary)
    throw failure
  }
}

private func writeFailure(_ path: String) -> ImportError {
  ImportError(
    .writeFailed, "cannot write `\(path)`: \(String(cString: strerror(errno)))",
    remedy: "check the folder and its permissions")
}
