import Foundation
import PlumbColumns
import PlumbColumnsTesting
import PlumbFormats
import Testing

/// Bytes of a real file, damaged at random: cut, flipped, overwritten with extreme numbers, or
/// with a piece moved.
struct Corruption {
  private var random: SeededGenerator
  private static let extremes: [[UInt8]] = [
    [0xFF], [0x00], [0x7F], [0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0x00, 0x00, 0x00, 0x80],
    [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    [0xFE, 0xFF, 0xFF, 0xFF, 0x0F], [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
  ]

  init(seed: some BinaryInteger) {
    random = SeededGenerator(seed: UInt64(truncatingIfNeeded: seed))
  }

  mutating func damaged(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    switch random.below(10) {
    case 0: bytes.removeLast(1 + random.below(bytes.count))
    case 1:
      let start = random.below(bytes.count)
      bytes.removeSubrange(start..<min(bytes.count, start + 1 + random.below(64)))
    case 2:
      let (source, target) = (random.below(bytes.count), random.below(bytes.count))
      for step in 0..<min(1 + random.below(64), bytes.count - max(source, target)) {
        bytes[target + step] = original[source + step]
      }
    case 3...5:
      // Most of what steers a reader stands at the end.
      let place = random.below(2) == 0 ? random.below(bytes.count) : tail(bytes.count)
      let extreme = Self.extremes[random.below(Self.extremes.count)]
      for (step, byte) in extreme.enumerated() where place + step < bytes.count {
        bytes[place + step] = byte
      }
    default:
      for _ in 0...random.below(4) {
        let place = random.below(3) == 0 ? random.below(bytes.count) : tail(bytes.count)
        bytes[place] ^= 1 << UInt8(random.below(8))
      }
    }
    return bytes
  }

  private mutating func tail(_ count: Int) -> Int {
    count - 1 - random.below(min(count, max(64, count / 4)))
  }

  mutating func choose(_ count: Int) -> Int { random.below(count) }
}

extension SeededGenerator {
  /// A number below a bound, 0 below 0.
  fileprivate mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(max(bound, 1)))
  }
}

/// Damaged files of binary formats give an error or a table, never anything else.
@Suite struct CorruptionTests {
  private static let isLong = ProcessInfo.processInfo.environment["PLUMB_LONG_TESTS"] == "1"

  private static func files(_ folder: String, _ endings: [String]) throws -> [URL] {
    let root = ParquetFixtureTests.folder.deletingLastPathComponent().appending(path: folder)
    let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? [])
      .filter { endings.contains($0.pathExtension) }.sorted { $0.path < $1.path }
  }

  @Test(arguments: propertySeeds(isLong ? 50 : 10))
  func aDamagedParquetFileIsAnErrorOrATable(seed: UInt64) throws {
    try damage(try Self.files("parquet", ["parquet"]), count: 200, seed: seed)
  }

  @Test(arguments: propertySeeds(isLong ? 50 : 10))
  func aDamagedArrowFileIsAnErrorOrATable(seed: UInt64) throws {
    try damage(
      try Self.files("arrow", ["arrow", "arrows", "feather"]), count: 200, seed: seed)
  }

  private func damage(_ files: [URL], count: Int, seed: UInt64) throws {
    let originals = try files.map { [UInt8](try Data(contentsOf: $0)) }
    let folder = try ScratchFolder()
    for number in 0..<count {
      let seed = seed &* UInt64(count) &+ UInt64(number)
      var corruption = Corruption(seed: seed)
      let chosen = corruption.choose(files.count)
      let path = try folder.write(
        "damaged." + files[chosen].pathExtension, corruption.damaged(originals[chosen]))
      do {
        let table = try loadAll(path, control: RunControl(memoryLimitBytes: 512 << 20))
        #expect(table.columns.allSatisfy { $0.count == table.rowCount })
        for column in table.columns where column.count > 0 {
          _ = column.value(at: 0)
          _ = column.value(at: column.count - 1)
        }
      } catch let error as ImportError {
        #expect(!error.message.isEmpty)
        // Memory that no bytes of the file ask for.
        #expect(error.kind != .memoryLimit, "\(files[chosen].lastPathComponent), seed \(seed)")
      }
    }
  }
}
