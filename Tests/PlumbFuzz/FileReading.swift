import Glibc
import PlumbColumns
import PlumbFormats

extension FuzzTarget {
  private static let path: String = {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    return "\(folder)/plumb-fuzz-\(getpid())-file"
  }()

  /// The table of a file of these bytes; nil when they are none, which must have a reason.
  ///
  /// - Parameters:
  ///   - conditions: Scans that come before that of all columns, each of a column alone.
  ///   - open: Opens the file.
  static func readFile(
    _ bytes: UnsafeBufferPointer<UInt8>, ending: String, options: [String: Value] = [:],
    types: [String: DataType] = [:], control: RunControl = RunControl(),
    conditions: (Schema) -> [ScanCondition] = { _ in [] },
    open: (OpenRequest) throws(ImportError) -> any DataSource = { (request) throws(ImportError) in
      try ImporterCatalog.builtin.open(request)
    }
  ) -> Table? {
    let path = path + ending
    guard let file = fopen(path, "w") else { return nil }
    if let start = bytes.baseAddress { fwrite(start, 1, bytes.count, file) }
    fclose(file)
    defer { unlink(path) }
    do throws(ImportError) {
      let source = try open(
        OpenRequest(path: path, options: options, types: types, control: control))
      guard let provider = source.tables.first else { return nil }
      let names = provider.schema.fields.map(\.name)
      precondition(Set(names).count == names.count)
      for condition in conditions(provider.schema) {
        _ = try provider.scan(
          ScanRequest(columns: [condition.column], conditions: [condition]), control: control)
      }
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
