import Foundation
import PlumbColumns
import PlumbColumnsTesting
import PlumbFormats
import Testing

/// What is no store, or no longer one: one clear error each.
struct MLflowBadInputTests {
  private func error(_ path: String) throws -> ImportError {
    try #require(#expect(throws: ImportError.self) { try OpenStore(path) })
  }

  private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = try MLflowFixture.scratch().appendingPathComponent(name).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func whatIsNoStore() throws {
    let missing = try error("/no/such/store.db")
    #expect(missing.kind == .notFound)

    let empty = try error(try file("empty.db", []))
    #expect(empty.kind == .wrongFormat)
    #expect(empty.message.contains("empty") && empty.remedy != nil)

    let junk = try error(try file("junk.db", Array("this is no database at all".utf8)))
    #expect(junk.kind == .wrongFormat)
    #expect(junk.message.contains("not an SQLite database"))

    let header = try error(
      try file("header.db", Array("SQLite format 3\0".utf8) + Array(repeating: 7, count: 5_000)))
    #expect(header.kind == .wrongFormat || header.kind == .corrupt)

    let folder = try error(try MLflowFixture.scratch().path)
    #expect(folder.kind == .wrongFormat)

    let other = try MLflowFixture.scratch().appendingPathComponent("other.db").path
    try DatabaseWriter(other).execute("CREATE TABLE runs (run_uuid TEXT); CREATE TABLE t (x)")
    let foreign = try error(other)
    #expect(foreign.kind == .wrongFormat)
    #expect(foreign.message.contains("no MLflow store") && foreign.remedy != nil)
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func whatMayNotBeRead() throws {
    let path = try MLflowFixture.database()
    try MLflowFixture.run("chmod 000 '\(path)'")
    #expect(try error(path).kind == .notReadable)
  }

  @Test func aLockedStoreIsNamedAsLocked() throws {
    let path = try MLflowFixture.database()
    let writer = try DatabaseWriter(path)
    try writer.execute("BEGIN EXCLUSIVE")
    let locked = try error(path)
    #expect(locked.kind == .locked)
    #expect(locked.remedy != nil)
    try writer.execute("COMMIT")
    #expect(try OpenStore(path).rows("runs", ["run_id"]).count == 162)
  }

  @Test func aWriteThatWasCutOffIsNamed() throws {
    let path = try MLflowHistoryTests.database(steps: 50)
    let writer = try DatabaseWriter(path)
    // A cache of a few pages makes SQLite write to the file before the transaction ends.
    try writer.execute("PRAGMA cache_size = 5; BEGIN; UPDATE metrics SET value = value + 1")
    let copy = try MLflowFixture.scratch().appendingPathComponent("copy.db").path
    try MLflowFixture.run("cp '\(path)' '\(copy)' && cp '\(path)-journal' '\(copy)-journal'")
    let half = try error(copy)
    #expect(half.kind == .notReadable)
    #expect(half.message.contains("middle of a write") && half.remedy != nil)
  }

  @Test func anOddPathIsOpened() throws {
    let folder = try MLflowFixture.scratch().appendingPathComponent("100% ü?mode=rw#x")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appendingPathComponent("a store.db").path
    try FileManager.default.copyItem(atPath: try MLflowFixture.database(), toPath: path)
    #expect(try OpenStore(path).rows("runs", ["run_id"]).count == 162)
  }

  @Test func anOptionOfTheWrongTypeIsRefused() throws {
    let path = try MLflowFixture.database()
    let error = #expect(throws: ImportError.self) {
      try ImporterCatalog.builtin.open(OpenRequest(path: path, options: ["deleted": "yes"]))
    }
    #expect(error?.kind == .badOption)
  }

  /// Reads everything that there is to read; errors are fine, crashes are not.
  private func readAll(_ path: String) -> ImportError? {
    do throws(ImportError) {
      let source = try ImporterCatalog.builtin.open(OpenRequest(path: path))
      for provider in source.tables {
        _ = try provider.scan(
          ScanRequest(columns: provider.schema.fields.map(\.name)),
          control: RunControl(threadCount: 2))
      }
      return nil
    } catch {
      return error
    }
  }

  @Test func truncatedDatabasesNeverPassForWhole() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: try MLflowFixture.database()))
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    let path = try MLflowFixture.scratch().appendingPathComponent("cut.db")
    for _ in 0..<40 {
      let length = Int.random(in: 1..<(bytes.count - 1), using: &random)
      try bytes.prefix(length).write(to: path)
      let error = readAll(path.path)
      #expect(error != nil, "seed \(seed), cut to \(length) of \(bytes.count)")
      #expect(error?.message.isEmpty == false)
    }
  }

  @Test func flippedBitsNeverCrash() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: try MLflowFixture.database()))
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    let path = try MLflowFixture.scratch().appendingPathComponent("flipped.db")
    for _ in 0..<60 {
      var damaged = Array(bytes)
      for _ in 0..<Int.random(in: 1...200, using: &random) {
        // Page headers and cells of the schema are hit more often than chance would have it.
        let spread = Bool.random(using: &random) ? damaged.count : 200_000
        damaged[Int.random(in: 0..<spread, using: &random)] ^= UInt8(
          1 << Int.random(in: 0..<8, using: &random))
      }
      try Data(damaged).write(to: path)
      _ = readAll(path.path)
    }
  }

  @Test func brokenFileStoresNeverCrash() throws {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    let path = try MLflowFixture.fileStore()
    let files = try MLflowFixture.run("find '\(path)' -type f").split(separator: "\n").map(
      String.init)
    for _ in 0..<60 {
      let name = try #require(files.randomElement(using: &random))
      let whole = try Data(contentsOf: URL(fileURLWithPath: name))
      var damaged = Array(whole)
      for _ in 0..<Int.random(in: 1...20, using: &random) where !damaged.isEmpty {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { damaged = Array(damaged.prefix(damaged.count / 2)) }
      try Data(damaged).write(to: URL(fileURLWithPath: name))
      _ = readAll(path)
      try whole.write(to: URL(fileURLWithPath: name))
    }
    #expect(readAll(path) == nil)
  }
}
