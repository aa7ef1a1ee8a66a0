import Glibc
import PlumbColumns
import PlumbFormats

extension FuzzTarget {
  /// Reading any bytes as a saved store, also with the checksum of its directory made to fit; what
  /// could be read is written again.
  package static let snapshot = FuzzTarget(name: "snapshot") { bytes in
    readTables(Array(bytes), ending: ".plumbstore")
    readTables(SnapshotFormat.withFittingDirectory(Array(bytes)), ending: ".plumbstore")
  }

  /// Reading any bytes as an event file, and as the one record of such a file, whose checksums fit.
  package static let tensorBoard = FuzzTarget(name: "tensorboard") { bytes in
    readTables(Array(bytes), ending: ".tfevents.0")
    var record: [UInt8] = []
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { length in
      record += length
      withUnsafeBytes(of: CRC32C.masked(length).littleEndian) { record += $0 }
    }
    record += bytes
    let check = CRC32C.masked(UnsafeRawBufferPointer(bytes))
    withUnsafeBytes(of: check.littleEndian) { record += $0 }
    readTables(record, ending: ".tfevents.0")
  }

  private static let path: String = {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    return "\(folder)/plumb-fuzz-\(getpid())-store"
  }()

  /// Reads all columns of all tables.
  private static func readTables(_ bytes: [UInt8], ending: String) {
    let path = path + ending
    guard let file = fopen(path, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    defer { unlink(path) }
    let control = RunControl(memoryLimitBytes: 1 << 30)
    do throws(ImportError) {
      let source = try ImporterCatalog.builtin.open(OpenRequest(path: path, control: control))
      var writer = SnapshotWriter<Never> { _ in }
      writer.begin()
      for provider in source.tables {
        let fields = provider.schema.fields
        let names = fields.map(\.name) + fields.filter(\.isInferred).map(\.storedTextName)
        let table = try provider.scan(ScanRequest(columns: names), control: control)
        precondition(table.columns.allSatisfy { $0.count == table.rowCount })
        for row in [0, table.rowCount - 1] where row >= 0 && row < table.rowCount {
          _ = table.row(row)
        }
        writer.add(provider, as: provider.name, table)
      }
      writer.finish()
    } catch {
      precondition(!error.message.isEmpty && error.kind != .interrupted)
      // Memory for which there are no bytes is asked for by a file that lies.
      precondition(error.kind != .memoryLimit)
    }
  }
}
