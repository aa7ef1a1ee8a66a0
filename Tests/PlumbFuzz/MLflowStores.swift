import Glibc
import PlumbColumns
import PlumbFormats

extension FuzzTarget {
  /// Reading a damaged MLflow database: every table, and the history whole, by key and by run; with
  /// what the store has marked deleted; and with a cache, first when it is made, then when it is
  /// there.
  package static let mlflowDatabase = FuzzTarget(name: "mlflow-database") { bytes in
    let path = scratch + ".db"
    write(bytes, path)
    defer { unlink(path) }
    for deleted in [false, true] { readStore(path, ["deleted": .bool(deleted)]) }
    for _ in 0..<2 { readStore(path, ["cache": .bool(true)]) }
    removeFiles(in: cache)
  }

  /// Reading an MLflow folder in which one file is any bytes: what describes a run, a metric's
  /// history, what describes a registered model and its version, a dataset, a logged model.
  package static let mlflowFiles = FuzzTarget(name: "mlflow-files") { bytes in
    let root = scratch + "/mlruns"
    let run = root + "/1/0123456789abcdef0123456789abcdef"
    let plain = [
      (root + "/1/meta.yaml", "experiment_id: '1'\nname: e\nlifecycle_stage: active\n"),
      (run + "/meta.yaml", "run_id: 0123456789abcdef0123456789abcdef\nstatus: 3\n"),
      (run + "/metrics/val/loss", "1 0.5 0\n2 nan 1\n"),
      (run + "/params/lr", "0.1"), (run + "/tags/mlflow.user", "ada"),
      (run + "/inputs/i/meta.yaml", "source_type: DATASET\nsource_id: d\n"),
      (root + "/1/datasets/d/meta.yaml", "name: d\ndigest: x\n"),
      (root + "/1/models/m-1/meta.yaml", "model_id: m-1\nstatus: 2\n"),
      (root + "/1/models/m-1/metrics/auc", "1 0.5 0 r d x\n"),
      (root + "/models/m/meta.yaml", "name: m\n"), (root + "/models/m/aliases/champion", "1"),
      (root + "/models/m/version-1/meta.yaml", "version: 1\ncurrent_stage: None\n"),
    ]
    for (path, text) in plain {
      makeFolders(of: path)
      text.utf8.withContiguousStorageIfAvailable { write($0, path) }
    }
    for (path, text) in plain {
      write(bytes, path)
      readStore(root, ["deleted": .bool(true)])
      text.utf8.withContiguousStorageIfAvailable { write($0, path) }
    }
  }

  /// A path of this process, in memory if the system offers that.
  private static let scratch: String = {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    let path = "\(folder)/plumb-fuzz-\(getpid())"
    mkdir(path, 0o700)
    atexit { _ = FuzzTarget.removeScratch() }
    return path
  }()

  private static func removeScratch() -> Int32 { system("rm -rf '\(scratch)'") }

  private static func write(_ bytes: UnsafeBufferPointer<UInt8>, _ path: String) {
    guard let file = fopen(path, "w") else { return }
    if let start = bytes.baseAddress { fwrite(start, 1, bytes.count, file) }
    fclose(file)
  }

  private static func makeFolders(of path: String) {
    var position = path.index(after: path.startIndex)
    while let slash = path[position...].firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      position = path.index(after: slash)
    }
  }

  private static var cache: String { scratch + "/cache" }

  private static func removeFiles(in folder: String) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink(folder + "/" + name)
    }
  }

  private static func readStore(_ path: String, _ options: [String: Value]) {
    let control = RunControl(threadCount: 2)
    let request = OpenRequest(
      path: path, options: options, cacheFolder: cache, control: control)
    do throws(ImportError) {
      let source = try ImporterCatalog.builtin.open(request)
      for provider in source.tables { try readTable(provider, control) }
    } catch {
      precondition(!error.message.isEmpty)
    }
  }

  private static func readTable(
    _ provider: any TableProvider, _ control: RunControl
  ) throws(ImportError) {
    let columns = provider.schema.fields.map(\.name)
    // The last values of one metric, which are not read with the history.
    if let one = columns.first(where: { $0.hasPrefix("metrics.") }) {
      check(try provider.scan(ScanRequest(columns: [one]), control: control), [one])
    }
    for column in ["key", "run_id"] where provider.name == "metrics" {
      let first = try provider.scan(ScanRequest(columns: [column]), control: control)
      let values = first.rowCount > 0 ? [first.columns[0].value(at: 0)] : [.string("none")]
      let condition = ScanCondition(column: column, test: .oneOf(values))
      let table = try provider.scan(
        ScanRequest(columns: columns, conditions: [condition]), control: control)
      check(table, columns)
    }
    check(try provider.scan(ScanRequest(columns: columns), control: control), columns)
  }

  private static func check(_ table: Table, _ columns: [String]) {
    precondition(table.columns.count == columns.count)
    precondition(table.columns.allSatisfy { $0.count == table.rowCount })
    if table.rowCount > 0 { _ = table.row(table.rowCount - 1) }
  }
}
