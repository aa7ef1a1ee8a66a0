import Foundation
import PlumbColumns
import PlumbFormats
import Synchronization
import Testing

/// `cache = true`: whatever happens to the database or to the cache, the answers are those of the
/// database, and rows that were kept are not read from it again.
@Suite struct HistoryCacheTests {
  private static let columns = ["run_id", "key", "value", "step", "timestamp"]

  /// A database with a cache folder of its own.
  private struct Cached {
    let path: String
    let folder: String

    init() throws {
      path = try MLflowHistoryTests.database(runs: 6, keys: 3, steps: 40)
      folder = try MLflowFixture.scratch().appendingPathComponent("caches/plumb").path
    }

    func open(
      cached: Bool = true, deleted: Bool = false
    ) throws -> (source: any DataSource, control: RunControl) {
      let control = RunControl(threadCount: 2)
      let source = try ImporterCatalog.builtin.open(
        OpenRequest(
          path: path, options: ["cache": .bool(cached), "deleted": .bool(deleted)],
          cacheFolder: folder, control: control))
      return (source, control)
    }

    /// The rows of the history and what was noted while they were read.
    func history(
      cached: Bool = true, deleted: Bool = false
    ) throws -> (rows: [[Value]], notes: [String]) {
      let (source, control) = try open(cached: cached, deleted: deleted)
      let table = try #require(source.tables.first { $0.name == "metrics" })
        .scan(ScanRequest(columns: HistoryCacheTests.columns), control: control)
      return ((0..<table.rowCount).map { table.row($0) }, source.warnings + control.takeNotes())
    }

    /// Whether the cache gives what the database does, and how many notes there were.
    func agrees(deleted: Bool = false) throws -> Int {
      let expected = try history(cached: false, deleted: deleted).rows
      let found = try history(deleted: deleted)
      #expect(found.rows == expected)
      #expect(!expected.isEmpty)
      return found.notes.count
    }

    var files: [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    var file: String { folder + "/" + (files.first ?? "none") }

    /// How many rows of the history the database was asked for.
    func rowsRead() throws -> Int {
      let rows = Mutex(0)
      let control = RunControl(threadCount: 2) { progress in
        guard progress.activity == "loading metrics" else { return }
        rows.withLock { $0 = max($0, progress.total ?? 0) }
      }
      let source = try ImporterCatalog.builtin.open(
        OpenRequest(
          path: path, options: ["cache": .bool(true)], cacheFolder: folder, control: control))
      _ = try #require(source.tables.first { $0.name == "metrics" })
        .scan(ScanRequest(columns: ["value"]), control: control)
      return rows.withLock { $0 }
    }

    func number() throws -> Int {
      try #require(
        FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int)
    }
  }

  @Test func theFirstUseMakesIt() throws {
    let cached = try Cached()
    _ = try cached.open()
    #expect(cached.files.isEmpty)
    #expect(try cached.agrees() == 0)
    #expect(cached.files.count == 1 && cached.file.hasSuffix(".plumbstore"))
    let modes = try [cached.folder, cached.file].map {
      try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
    }
    #expect(modes == [0o700, 0o600])
  }

  @Test func aDatabaseThatIsNotTouchedIsNotReadAgain() throws {
    let cached = try Cached()
    // A file that was written to just now might have been written to again in the same tick.
    Thread.sleep(forTimeInterval: 3.5)
    #expect(try cached.rowsRead() > 0)
    let number = try cached.number()
    #expect(try cached.rowsRead() == 0)
    #expect(try cached.agrees() == 0)
    #expect(try cached.number() == number)
    try DatabaseWriter(cached.path).execute("UPDATE metrics SET value = 3 WHERE rowid = 9")
    #expect(try cached.agrees() == 0)
  }

  @Test func everyQuestionGivesTheSame() throws {
    let cached = try Cached()
    _ = try cached.history()
    let (plain, _) = try cached.open(cached: false)
    let (source, _) = try cached.open()
    for provider in source.tables {
      let other = try #require(plain.tables.first { $0.name == provider.name })
      #expect(provider.schema.fields == other.schema.fields)
      let names = provider.schema.fields.map(\.name)
      let one = try provider.scan(ScanRequest(columns: names), control: RunControl())
      let two = try other.scan(ScanRequest(columns: names), control: RunControl())
      #expect(one.rowCount == two.rowCount)
      for (a, b) in zip(one.columns, two.columns) {
        #expect(canonicalLines(a) == canonicalLines(b))
      }
    }
  }

  @Test func onlyWhatIsNewIsRead() throws {
    let cached = try Cached()
    let before = try cached.history().rows.count
    let writer = try DatabaseWriter(cached.path)
    try writer.insertRun(runID(77))
    for step in 0..<5 { try writer.insertMetric(runID(77), "new/key", "\(step).5", step: step) }
    try writer.insertMetric(runID(1), "key 0", "7", step: 900)
    #expect(try cached.rowsRead() == 6)
    #expect(try cached.history().rows.count == before + 6)
    #expect(try cached.agrees() == 0)
    try writer.insertMetric(runID(77), "new/key", "9", step: 6)
    #expect(try cached.rowsRead() == 1)
    #expect(try cached.agrees() == 0)
  }

  @Test(arguments: [
    "DELETE FROM metrics WHERE rowid = 17",
    "UPDATE metrics SET value = value + 1 WHERE rowid = 300",
    "UPDATE metrics SET step = 12345 WHERE rowid = (SELECT max(rowid) FROM metrics)",
    "DELETE FROM metrics WHERE rowid > 100",
    "DELETE FROM metrics WHERE rowid % 3 = 0; VACUUM",
    "UPDATE runs SET lifecycle_stage = 'deleted' WHERE rowid = 2",
    "DELETE FROM runs WHERE rowid = 3",
    "UPDATE metrics SET key = 'renamed' WHERE key = 'key 1'",
  ])
  func aChangeOfEarlierRowsIsSeen(sql: String) throws {
    let cached = try Cached()
    _ = try cached.history()
    let writer = try DatabaseWriter(cached.path)
    try writer.execute(sql)
    #expect(try cached.agrees() == 0)
    #expect(try cached.agrees() == 0)
  }

  @Test func aRunThatWasRestoredIsSeen() throws {
    let cached = try Cached()
    let writer = try DatabaseWriter(cached.path)
    try writer.execute("UPDATE runs SET lifecycle_stage = 'deleted' WHERE rowid = 2")
    _ = try cached.history()
    try writer.execute("UPDATE runs SET lifecycle_stage = 'active' WHERE rowid = 2")
    #expect(try cached.agrees() == 0)
  }

  @Test func anotherDatabaseInItsPlaceIsSeen() throws {
    let cached = try Cached()
    _ = try cached.history()
    let other = try MLflowHistoryTests.database(runs: 6, keys: 3, steps: 40)
    let writer = try DatabaseWriter(other)
    try writer.execute("UPDATE metrics SET value = -value")
    try #require(rename(other, cached.path) == 0)
    #expect(try cached.agrees() == 0)
  }

  @Test func aWriteAheadLogIsLookedAt() throws {
    let cached = try Cached()
    let writer = try DatabaseWriter(cached.path)
    try writer.execute("PRAGMA journal_mode = WAL")
    _ = try cached.history()
    for step in 0..<4 { try writer.insertMetric(runID(2), "key 2", "1", step: 500 + step) }
    #expect(try cached.agrees() == 0)
    try writer.execute("UPDATE metrics SET value = 3 WHERE rowid = 9")
    #expect(try cached.agrees() == 0)
  }

  @Test func deletedRunsHaveACacheOfTheirOwn() throws {
    let cached = try Cached()
    try DatabaseWriter(cached.path).execute(
      "UPDATE runs SET lifecycle_stage = 'deleted' WHERE rowid = 2")
    #expect(try cached.agrees() == 0)
    #expect(try cached.agrees(deleted: true) == 0)
    #expect(cached.files.count == 2)
    #expect(try cached.agrees() == 0)
  }

  @Test func aDamagedCacheIsNotedAndMadeAnew() throws {
    let cached = try Cached()
    let expected = try cached.history(cached: false).rows
    _ = try cached.history()
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: cached.file)))
    var noted = 0
    for seed in 0..<300 {
      var corruption = Corruption(seed: seed)
      let damaged = corruption.damaged(original)
      let file = cached.file
      try Data(damaged).write(to: URL(fileURLWithPath: file))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
      let (rows, notes) = try cached.history()
      #expect(rows == expected, "seed \(seed)")
      noted += notes.count
    }
    #expect(noted > 100)
    #expect(try cached.agrees() == 0)
  }

  @Test func aCacheThatOthersCanWriteIsNotUsed() throws {
    let cached = try Cached()
    _ = try cached.history()
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: cached.folder)
    let (_, notes) = try cached.history()
    #expect(notes.first?.contains("can be written by") == true)
  }

  @Test func aFolderThatCannotBeWrittenIsNoted() throws {
    let cached = try Cached()
    let folder = try ScratchFolder()
    let file = try folder.write("file", "")
    let source = try ImporterCatalog.builtin.open(
      OpenRequest(path: cached.path, options: ["cache": .bool(true)], cacheFolder: file))
    #expect(source.warnings.first?.contains("no cache") == true)
    #expect(source.tables.contains { $0.name == "metrics" })
  }

  @Test func severalAtOnceAgree() throws {
    let cached = try Cached()
    let expected = try cached.history(cached: false).rows
    let lock = NSLock()
    nonisolated(unsafe) var wrong = 0
    DispatchQueue.concurrentPerform(iterations: 16) { _ in
      let rows = try? cached.history().rows
      if rows != expected { lock.withLock { wrong += 1 } }
    }
    #expect(wrong == 0)
    #expect(cached.files.count == 1)
  }

  @Test func otherOptionsAreMistakes() throws {
    let cached = try Cached()
    let error = failure {
      _ = try ImporterCatalog.builtin.open(
        OpenRequest(path: cached.path, options: ["cach": .bool(true)]))
    }
    #expect(error?.message.contains("no option `cach`") == true)
    let wrong = failure {
      _ = try ImporterCatalog.builtin.open(
        OpenRequest(path: cached.path, options: ["cache": .int(1)]))
    }
    #expect(wrong?.message.contains("takes true or false") == true)
  }
}
