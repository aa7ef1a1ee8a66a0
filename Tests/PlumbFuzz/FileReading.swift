import Glibc
import PlumbColumns
import PlumbFormats

extension FuzzTarget {
  private static let path: String = {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    return "\(folder)/plumb-fuzz-\(getpid())-file"
  }()

  /// The table of a file of these bytes; nil when they are none, which must have a reason.
  static func readFile(
    _ bytes: UnsafeBufferPointer<UInt8>, ending: String, options: [String: Value] = [:],
    types: [String: DataType] = [:], control: RunControl = RunControl()
  ) -> Table? {
    let path = path + ending
    guard let file = fopen(path, "w") else { return nil }
    if let start = bytes.baseAddress { fwrite(start, 1, bytes.count, file) }
    fclose(file)
    defer { unlink(path) }
    do throws(ImportError) {
      let source = try ImporterCatalog.builtin.open(
        OpenRequest(path: path, options: options, types: types, control: control))
      guard let provider = source.tables.first else { return nil }
      let names = provider.schema.fields.map(\.name)
      precondition(Set(names).count == names.count)
      let table = try provider.scan(ScanRequest(columns: names), control: control)
      precondition(table.columns.allSatisfy { $0.count == table.rowCount })
      for row in [0, table.rowCount - 1] where row >= 0 && row < table.rowCount {
        _ = table.row(row)
      }
      return table
    } catch {
      precondition(!error.message.isEmpty && error.kind != .interrupted)
      // Memory for which there are no bytes is asked for by a file that lies.
      precondition(error.kind != .memoryLimit || control.memoryLimitBytes == 0)
      return nil
    }
  }
}
