import Foundation
import PlumbColumns
import PlumbColumnsTesting
import PlumbFormats
import Testing

/// Damaged event files and stores, also with checksums that fit the damage.
@Suite struct StoreCorruptionTests {
  private static let isLong = ProcessInfo.processInfo.environment["PLUMB_LONG_TESTS"] == "1"

  /// Each record's bytes.
  private func records(_ bytes: [UInt8]) -> [[UInt8]] {
    var records: [[UInt8]] = []
    var position = 0
    while position + 12 <= bytes.count {
      let length = bytes[position..<(position + 8)].reversed().reduce(0) { $0 << 8 | Int($1) }
      records.append(Array(bytes[(position + 12)..<(position + 12 + length)]))
      position += 16 + length
    }
    return records
  }

  private func framed(_ records: [[UInt8]]) -> [UInt8] {
    func number<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    return records.flatMap { record in
      let length = number(UInt64(record.count))
      return length + number(length.withUnsafeBytes { CRC32C.masked($0) }) + record
        + number(record.withUnsafeBytes { CRC32C.masked($0) })
    }
  }

  private func expectErrorOrTables(_ path: String, _ seed: UInt64) {
    do throws(ImportError) {
      let control = RunControl(threadCount: 2, memoryLimitBytes: 256 << 20)
      let source = try ImporterCatalog.builtin.open(OpenRequest(path: path, control: control))
      for provider in source.tables {
        let names = provider.schema.fields.map(\.name)
        let table = try provider.scan(ScanRequest(columns: names), control: control)
        #expect(table.columns.allSatisfy { $0.count == table.rowCount })
        if table.rowCount > 0 { _ = table.row(table.rowCount - 1) }
      }
    } catch {
      #expect(!error.message.isEmpty)
      #expect(error.kind != .memoryLimit, "seed \(seed)")
    }
  }

  @Test(arguments: propertySeeds(isLong ? 50 : 10))
  func aDamagedEventFileIsAnErrorOrTables(seed: UInt64) throws {
    let folder = try ScratchFolder()
    let names = ["tensors", "sweep-1", "train/eval"]
    let originals = try names.map { name in
      [UInt8](
        try Data(
          contentsOf: URL(
            filePath: TensorBoardTests.logs + "/\(name)/events.out.tfevents.1700000000.fixture")))
    }
    for number in 0..<200 {
      let seed = seed &* 200 &+ UInt64(number)
      var corruption = Corruption(seed: seed)
      let original = originals[number / 2 % originals.count]
      var damaged = corruption.damaged(original)
      if number % 2 == 1 {
        var records = records(original)
        let place = corruption.choose(records.count)
        records[place] = corruption.damaged(records[place])
        damaged = framed(records)
      }
      expectErrorOrTables(try folder.write("events.out.tfevents.1", damaged), seed)
    }
  }

  @Test(arguments: propertySeeds(isLong ? 50 : 10))
  func aDamagedStoreIsAnErrorOrTables(seed: UInt64) throws {
    let folder = try ScratchFolder()
    var original: [UInt8] = []
    var writer = SnapshotWriter<Never> { original.append(contentsOf: $0) }
    writer.begin()
    let table = RoundTripTables.make(100)
    writer.add(MemoryTable(name: "t", table: table), as: "t", table)
    writer.finish()
    for number in 0..<200 {
      let seed = seed &* 200 &+ UInt64(number)
      var corruption = Corruption(seed: seed)
      let damaged = SnapshotFormat.withFittingDirectory(corruption.damaged(original))
      expectErrorOrTables(try folder.write("x.plumbstore", damaged), seed)
    }
  }
}
