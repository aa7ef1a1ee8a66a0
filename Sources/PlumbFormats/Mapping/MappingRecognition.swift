import Glibc
import PlumbColumns

extension MappedSource {
  /// The mappings that are for the records of a file, judged by its beginning; none for a file that
  /// does not hold JSON objects.
  ///
  /// Of several files, the first is looked at.
  package static func recognized(
    _ path: String, among mappings: [TableMapping]
  ) -> [TableMapping] {
    guard let file = try? InputFiles.expand(path, extensions: ["json", "jsonl", "ndjson"]).first
    else { return [] }
    let records = firstRecords(beginning(of: file.path))
    return mappings.filter { mapping in records.contains { mapping.recognizes($0) } }
  }

  /// Enough for many records, and for one with long descriptions of its data.
  private static let beginningBytes = 1 << 20
  private static let recordCount = 100

  private static func beginning(of path: String) -> [UInt8] {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: beginningBytes) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, beginningBytes))
    }
  }

  /// The records up to one that is cut off or no JSON.
  private static func firstRecords(_ bytes: [UInt8]) -> [Value] {
    var records: [Value] = []
    bytes.withUnsafeBufferPointer { text in
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      var reader = JSONReader(text, from: text.starts(with: mark) ? mark.count : 0)
      reader.skipSpaces()
      _ = reader.take(0x5B)
      while records.count < recordCount {
        reader.skipSpaces()
        guard !reader.isAtEnd, let record = try? reader.value() else { break }
        records.append(record)
        _ = reader.take(0x2C)
      }
    }
    return records
  }
}
