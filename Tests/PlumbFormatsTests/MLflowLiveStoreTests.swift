import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// A store that another connection writes to while it is read.
struct MLflowLiveStoreTests {
  @Test(arguments: ["DELETE", "WAL"])
  func theWriterIsNotDisturbedAndTheAnswerIsOfOneMoment(mode: String) throws {
    let path = try MLflowHistoryTests.database(runs: 20, keys: 5, steps: 2_000)
    let setup = try DatabaseWriter(path)
    try setup.execute("PRAGMA journal_mode = \(mode)")
    let writer = LiveWriter(path)
    writer.start()
    defer { writer.stop() }
    try writer.waitForRows()
    var counts: [Int] = []
    for _ in 0..<5 {
      let store = try OpenStore(path)
      // Whatever is written after the opening, all tables tell of its moment.
      let first = try store.values("runs", "metrics.live", by: "run_id")[.string(runID(0))]
      try writer.waitForRows()
      let table = try store.scan("metrics", MLflowHistoryTests.columns, threads: 2)
      counts.append(table.rowCount)
      let kept = try store.rows("metrics", ["value", "key"]).filter { $0[1] == "live" }
      let last = try store.values("runs", "metrics.live", by: "run_id")[.string(runID(0))]
      let greatest = kept.compactMap { $0[0].double }.max()
      #expect(last?.double == first?.double)
      #expect(last?.double == greatest)
      #expect(table.rowCount % 2 == 0, "a transaction of two rows was seen in part")

      let fresh = try OpenStore(path)
      try writer.waitForRows()
      let live = ScanCondition(column: "key", test: .equal("live"))
      let seen = try fresh.rows("metrics", ["value", "key"], [live])
        .filter { $0[1] == "live" }.compactMap { $0[0].double }.max()
      let latest = try fresh.values("runs", "metrics.live", by: "run_id")[.string(runID(0))]
      #expect(seen == latest?.double)
      #expect((seen ?? 0) >= (greatest ?? 0))
    }
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 })
    writer.stop()
    #expect(writer.failures.isEmpty, "\(writer.failures)")
  }

  @Test func aStoreIsNotChanged() throws {
    let path = try MLflowHistoryTests.database(steps: 10)
    let folder = (path as NSString).deletingLastPathComponent
    for mode in ["DELETE", "WAL"] {
      do {
        let setup = try DatabaseWriter(path)
        try setup.execute("PRAGMA journal_mode = \(mode)")
      }
      let before = try MLflowFixture.run(
        "cd '\(folder)' && md5sum * && ls -la --time-style=full-iso *")
      let store = try OpenStore(path)
      for provider in store.source.tables {
        _ = try store.scan(provider.name, provider.schema.fields.map(\.name))
      }
      let after = try MLflowFixture.run(
        "cd '\(folder)' && md5sum * && ls -la --time-style=full-iso *")
      #expect(before == after)
    }
  }
}

/// Logs two points of a metric again and again, as a training does.
private final class LiveWriter: @unchecked Sendable {
  private let path: String
  private let lock = NSLock()
  private var isStopped = false
  private var rows = 0
  private var messages: [String] = []
  private var thread: Thread?
  private let done = DispatchSemaphore(value: 0)

  init(_ path: String) { self.path = path }

  var failures: [String] { lock.withLock { messages } }

  func start() {
    let thread = Thread { [self] in
      write()
      done.signal()
    }
    self.thread = thread
    thread.start()
  }

  func stop() {
    guard lock.withLock({ !isStopped }) else { return }
    lock.withLock { isStopped = true }
    done.wait()
  }

  /// Returns when a few more rows have been written.
  func waitForRows() throws {
    let target = lock.withLock { rows } + 6
    for _ in 0..<5_000 {
      if lock.withLock({ rows >= target || isStopped }) { return }
      usleep(2_000)
    }
    throw DatabaseWriter.Failure(message: "the writer writes nothing")
  }

  private func write() {
    do {
      // A reader that keeps its lock for half a second would show here.
      let writer = try DatabaseWriter(path, busyMilliseconds: 500)
      var step = 0
      while lock.withLock({ !isStopped }) {
        do {
          try writer.execute("BEGIN IMMEDIATE")
          try writer.insertMetric(runID(0), "live", "\(step)", step: step)
          try writer.insertMetric(runID(1), "live", "\(step)", step: step)
          try writer.execute("COMMIT")
          lock.withLock { rows += 2 }
          step += 1
        } catch {
          lock.withLock { messages.append("\(error)") }
          try? writer.execute("ROLLBACK")
        }
      }
    } catch {
      lock.withLock { messages.append("\(error)") }
    }
  }
}
