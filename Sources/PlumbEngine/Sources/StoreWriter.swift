import Glibc
import PlumbColumns
import PlumbFormats
import PlumbOutput
import PlumbSystem

/// Writes all tables of a registry to one file. A failure leaves what was there.
func writeStore(
  _ registry: SourceRegistry, to path: String, control: RunControl
) throws(ImportError) {
  let file: ReplacementFile
  do throws(OutputError) {
    file = try ReplacementFile(path)
  } catch {
    throw cannotWrite(path, error)
  }
  let sink = ByteSink.descriptor(file.descriptor)
  var writer = SnapshotWriter<OutputError> { (bytes) throws(OutputError) in
    try sink.write(bytes)
  }
  do throws(OutputError) { try writer.begin() } catch { throw cannotWrite(path, error) }
  for name in registry.tableNames {
    guard let provider = registry.table(named: name) else { continue }
    let fields = provider.schema.fields
    let texts = fields.filter(\.isInferred).map(\.storedTextName)
    let table = try provider.scan(
      ScanRequest(columns: fields.map(\.name) + texts), control: control)
    try control.checkImport()
    do throws(OutputError) {
      try writer.add(provider, as: name, table)
    } catch {
      throw cannotWrite(path, error)
    }
  }
  do throws(OutputError) {
    try writer.finish()
    // What has its name must be whole also after the machine lost its power.
    guard fsync(file.descriptor) == 0 || errno == EINVAL else {
      throw OutputError(SystemError(errno))
    }
    try file.finish()
  } catch {
    throw cannotWrite(path, error)
  }
}

/// Checks that a file may hold a store, judged by its name.
func checkStoreName(_ path: String) throws(ImportError) {
  guard path.lowercased().hasSuffix(".plumbstore") else {
    throw ImportError(
      .badOption,
      "a store is saved under a name that ends in `.plumbstore`, not to `\(path)`",
      remedy: "write one table with `TABLE | save \"\(path)\"`")
  }
}

private func cannotWrite(_ path: String, _ error: OutputError) -> ImportError {
  ImportError(
    .writeFailed, "cannot write `\(path)`: \(error.message)",
    remedy: "check the folder, its permissions and the space that is left")
}
