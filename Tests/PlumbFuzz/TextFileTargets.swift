import Glibc
import PlumbColumns
import PlumbFormats

extension FuzzTarget {
  /// Reading any bytes as separated values, strictly and with every leniency.
  package static let csv = FuzzTarget(name: "csv") { bytes in
    let lenient: [String: Value] = [
      "ragged": .string("pad"), "header": .bool(false), "null": .string("NA"),
      "encoding": .string("latin1"),
    ]
    let strict = readTextFile(bytes, ending: ".csv", options: [:])
    let padded = readTextFile(bytes, ending: ".csv", options: lenient)
    // What can be read strictly can be read with leniency; a header is then one record more.
    if let strict, let padded { precondition(strict.rowCount <= padded.rowCount + 1) }
    _ = readTextFile(
      bytes, ending: ".tsv", options: ["delimiter": .string(","), "header": .bool(true)],
      types: ["a": .int, "b": .timestamp, "c": .bool, "d": .duration, "e": .float])
  }

  /// Reading any bytes as JSON: a file of objects, and one value.
  package static let json = FuzzTarget(name: "json") { bytes in
    _ = readTextFile(bytes, ending: ".json", options: [:])
    _ = readTextFile(
      bytes, ending: ".jsonl", options: ["encoding": .string("latin1")],
      types: ["a": .int, "b": .timestamp, "c": .bool, "d": .duration, "e": .string])
    do throws(JSONError) {
      let value = try JSONText.parse(bytes)
      let again = try JSONText.parse(JSONText.write(value))
      // NaN and the infinities are written as texts, and a list of them has another type then.
      precondition(
        again == value || JSONText.write(value).contains("N")
          || JSONText.write(value).contains("Infinity"))
    } catch {
      precondition(error.offset <= bytes.count && !error.message.isEmpty)
    }
  }

  private static let path: String = {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    return "\(folder)/plumb-fuzz-\(getpid())-text"
  }()

  /// The table of a file of these bytes; nil when they are none, which must have a reason.
  private static func readTextFile(
    _ bytes: UnsafeBufferPointer<UInt8>, ending: String, options: [String: Value],
    types: [String: DataType] = [:]
  ) -> Table? {
    let path = path + ending
    guard let file = fopen(path, "w") else { return nil }
    if let start = bytes.baseAddress { fwrite(start, 1, bytes.count, file) }
    fclose(file)
    defer { unlink(path) }
    do throws(ImportError) {
      let source = try ImporterCatalog.builtin.open(
        OpenRequest(path: path, options: options, types: types))
      guard let provider = source.tables.first else { return nil }
      let names = provider.schema.fields.map(\.name)
      precondition(Set(names).count == names.count)
      let table = try provider.scan(ScanRequest(columns: names), control: RunControl())
      precondition(table.columns.allSatisfy { $0.count == table.rowCount })
      for row in [0, table.rowCount - 1] where row >= 0 && row < table.rowCount {
        _ = table.row(row)
      }
      return table
    } catch {
      precondition(!error.message.isEmpty && error.kind != .interrupted)
      return nil
    }
  }
}
