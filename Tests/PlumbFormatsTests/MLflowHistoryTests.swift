import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// The ways in which the history of metrics is read, which must all agree.
struct MLflowHistoryTests {
  static let columns = ["run_id", "key", "value", "step", "timestamp"]

  /// A database whose rows lie in many ranges, runs interleaved, some of them deleted.
  static func database(runs: Int = 40, keys: Int = 7, steps: Int = 1_000) throws -> String {
    let path = try MLflowFixture.database("schemas/empty-v3.5.db")
    let writer = try DatabaseWriter(path)
    try writer.execute("BEGIN")
    for run in 0..<runs {
      try writer.insertRun(runID(run), stage: run % 9 == 4 ? "deleted" : "active")
    }
    try writer.execute(
      """
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(runs * keys * steps - 1))
      INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
      SELECT 'key ' || (i / \(runs) % \(keys)), i * 0.5, 1500000000000 + i % 997,
        printf('%032x', i % \(runs)), i / \(runs * keys), 0 FROM n;
      INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
      SELECT key, value, timestamp, step, is_nan, run_uuid FROM metrics WHERE step = \(steps - 1);
      COMMIT
      """)
    return path
  }

  @Test func theWholeIsTheSameWithManyReaders() throws {
    let path = try Self.database()
    let one = try OpenStore(path).scan("metrics", Self.columns, threads: 1)
    let four = try OpenStore(path).scan("metrics", Self.columns, threads: 4)
    #expect(one.rowCount == 36 * 7 * 1_000)
    #expect(one.rowCount == four.rowCount)
    for row in stride(from: 0, to: one.rowCount, by: 37) { #expect(one.row(row) == four.row(row)) }
    // The store's order: values were logged in ascending order.
    let values = try #require(one["value"]).doubles()
    #expect((1..<values.count).allSatisfy { values[$0 - 1] < values[$0] })
    #expect(one.byteCount <= 24 * one.rowCount)
  }

  @Test func keysAndRunsGiveTheRowsOfTheWhole() throws {
    let path = try Self.database(steps: 50)
    let whole = try OpenStore(path).rows("metrics", Self.columns)
    func test(_ keys: [String]?, _ runs: [Int]?) throws {
      var conditions: [ScanCondition] = []
      if let keys {
        conditions.append(
          ScanCondition(column: "key", test: .oneOf(keys.map { .string($0) })))
      }
      if let runs {
        conditions.append(
          ScanCondition(column: "run_id", test: .oneOf(runs.map { .string(runID($0)) })))
      }
      let expected = whole.filter { row in
        (keys?.contains(row[1].text ?? "") ?? true)
          && (runs?.contains { row[0] == .string(runID($0)) } ?? true)
      }
      let store = try OpenStore(path)
      for _ in 0..<2 {
        let found = try store.rows("metrics", Self.columns, conditions)
          .filter { row in
            (keys?.contains(row[1].text ?? "") ?? true)
              && (runs?.contains { row[0] == .string(runID($0)) } ?? true)
          }
        #expect(found == expected, "\(keys ?? []) \(runs ?? [])")
      }
    }
    try test(["key 3"], nil)
    try test(["key 5", "key 0", "key 2"], nil)
    try test(["key 1", "no such key"], [1, 2, 3])
    try test(nil, [39, 0])
    try test(nil, [4])
    try test(["key 0", "key 1", "key 2", "key 3", "key 4", "key 5", "key 6"], nil)
    try test([], nil)
    try test(["key 0"], [])
  }

  @Test func aKeyIsReadWithoutTheRest() throws {
    let path = try Self.database(steps: 50)
    let store = try OpenStore(path)
    let condition = ScanCondition(column: "key", test: .equal("key 3"))
    #expect(try store.provider("metrics").usableConditions([condition]) == [condition])
    #expect(try store.scan("metrics", ["value"], [condition]).rowCount == 36 * 50)
    #expect(try store.provider("metrics").knownRowCount == nil)
    _ = try store.scan("metrics", ["value"])
    #expect(try store.provider("metrics").knownRowCount == 36 * 7 * 50)
  }

  @Test func columnsAreReadOneByOne() throws {
    let path = try Self.database(steps: 50)
    let store = try OpenStore(path)
    let whole = try OpenStore(path).scan("metrics", Self.columns)
    for name in Self.columns.reversed() {
      let column = try #require(try store.scan("metrics", [name])[name])
      #expect(column.values == whole[name]?.values)
    }
    #expect(try store.scan("metrics", []).rowCount == whole.rowCount)
  }

  @Test func summariesAreThoseOfTheHistory() throws {
    let path = try Self.database(steps: 50)
    let store = try OpenStore(path)
    let names = ["metrics", "metrics_min", "metrics_max", "metrics_first"].map { $0 + ".key 3" }
    var least: [Value: Double] = [:]
    var greatest: [Value: Double] = [:]
    for row in try store.rows("metrics", ["run_id", "key", "value"]) where row[1] == "key 3" {
      let value = try #require(row[2].double)
      least[row[0]] = min(least[row[0]] ?? .infinity, value)
      greatest[row[0]] = max(greatest[row[0]] ?? -.infinity, value)
    }
    let fresh = try OpenStore(path)
    for row in try fresh.rows("runs", ["run_id"] + names) {
      #expect(row[1].double == greatest[row[0]])
      #expect(row[2].double == least[row[0]])
      #expect(row[3].double == greatest[row[0]])
      #expect(row[4].double == least[row[0]])
    }
    // For one run alone the rest of the history stays unread.
    let some = try OpenStore(path)
    let rows = try some.rows(
      "runs", ["run_id", "metrics_min.key 3"],
      [ScanCondition(column: "run_id", test: .equal(.string(runID(7))))])
    #expect(rows.first { $0[0] == .string(runID(7)) }?[1].double == least[.string(runID(7))])
    #expect(try some.provider("metrics").knownRowCount == nil)
  }

  @Test func rowidsWithGapsAndKeysThatNobodyKnows() throws {
    let path = try Self.database(steps: 20)
    let writer = try DatabaseWriter(path)
    try writer.execute(
      """
      DELETE FROM metrics WHERE rowid % 3 = 0 AND rowid < 2000;
      UPDATE metrics SET rowid = rowid + 4000000000000000000 WHERE rowid > 4000;
      UPDATE metrics SET key = 'new ' || (rowid % 500) WHERE rowid < 1000;
      UPDATE metrics SET step = step + 9007199254740993 WHERE rowid % 7 = 0;
      """)
    let store = try OpenStore(path, threads: 4)
    let table = try store.scan("metrics", Self.columns, threads: 4)
    let count = try #require(
      Int(
        try MLflowFixture.run(
          "sqlite3 '\(path)' \"SELECT count(*) FROM metrics JOIN runs USING (run_uuid) "
            + "WHERE lifecycle_stage = 'active'\""
        ).trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(table.rowCount == count)
    let keys = Set(try #require(table["key"]).values.compactMap(\.text))
    #expect(keys.count > 300)
    #expect(try #require(table["step"]).values.contains { ($0.integer ?? 0) > 1 << 53 })
  }

  @Test func tenThousandKeys() throws {
    let path = try MLflowFixture.database("schemas/empty-v3.5.db")
    let writer = try DatabaseWriter(path)
    try writer.execute("BEGIN")
    for run in 0..<4 { try writer.insertRun(runID(run)) }
    try writer.execute(
      """
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 39999)
      INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
      SELECT printf('layer %05d', i % 10000), i, 1, printf('%032x', i / 10000), 0, 0 FROM n;
      INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
      SELECT key, value, timestamp, step, is_nan, run_uuid FROM metrics;
      COMMIT
      """)
    let store = try OpenStore(path)
    let runs = try store.provider("runs").schema.fields
    #expect(runs.count { $0.family == "metrics" } == 10_000)
    let rows = try store.rows("runs", ["metrics.layer 00042", "metrics_max.layer 09999"])
    for (run, row) in rows.enumerated() {
      #expect(row[0].double == Double(run * 10_000 + 42))
      #expect(row[1].double == Double(run * 10_000 + 9_999))
    }
    let all = runs.filter { $0.family == "metrics" }.map(\.name)
    #expect(try store.scan("runs", all).columns.allSatisfy { $0.nullCount == 0 })
    #expect(try store.scan("metrics", Self.columns).rowCount == 40_000)
  }

  @Test func aLoadCanBeInterruptedAndLimited() throws {
    let path = try Self.database()
    let provider = try OpenStore(path).provider("metrics")
    let cancelled = RunControl(threadCount: 2)
    cancelled.cancel()
    let request = ScanRequest(columns: Self.columns)
    let error = #expect(throws: ImportError.self) {
      try provider.scan(request, control: cancelled)
    }
    #expect(error?.kind == .interrupted)
    let limited = RunControl(threadCount: 2, memoryLimitBytes: MemoryBudget.heldBytes + 1 << 16)
    let other = #expect(throws: ImportError.self) { try provider.scan(request, control: limited) }
    #expect(other?.kind == .memoryLimit)
    #expect(try provider.scan(request, control: RunControl()).rowCount == 252_000)
  }

  @Test func progressReachesTheEnd() throws {
    let path = try Self.database()
    let seen = SeenProgress()
    let control = RunControl(threadCount: 2) { seen.note($0) }
    _ = try OpenStore(path).provider("metrics").scan(
      ScanRequest(columns: ["value"]), control: control)
    #expect(seen.last?.done == seen.last?.total)
    #expect(seen.last?.activity == "loading metrics")
  }
}

/// The furthest report of progress.
private final class SeenProgress: @unchecked Sendable {
  private let lock = NSLock()
  private var furthest: RunControl.Progress?

  func note(_ progress: RunControl.Progress) {
    lock.withLock { if progress.done >= furthest?.done ?? 0 { furthest = progress } }
  }

  var last: RunControl.Progress? { lock.withLock { furthest } }
}
