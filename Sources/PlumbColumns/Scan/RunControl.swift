import Glibc
import PlumbSystem
import Synchronization

/// How a run is watched from outside: cancelled, limited in memory, followed in its progress.
///
/// Every loop over data calls `check()` at least once per chunk of 64 Ki rows (or a few
/// milliseconds of work); that is what makes a run interruptible within 100 ms.
package final class RunControl: Sendable {
  /// The threads that a run may use.
  package let threadCount: Int
  /// The bytes that data may take; 0 for no limit.
  package let memoryLimitBytes: Int
  /// What the process held beside buffers when the run began: no data of the run's.
  private let otherBytes: Int
  /// When resident memory was last looked at, in nanoseconds of the monotonic clock.
  private let lastLook = Atomic<Int>(0)
  private let isCancelled = Atomic<Bool>(false)
  private let progressHandler: (@Sendable (Progress) -> Void)?
  /// What was noticed on the way, in the order in which it was.
  private let notes = Mutex<[String]>([])
  /// What the query is at, for its progress.
  private let activity = Mutex("running")

  /// A step of a long operation, for showing to a person.
  package struct Progress: Sendable {
    /// What is going on, such as `loading metrics`.
    package let activity: String
    package let done: Int
    /// The whole, in the same unit as `done`, if known.
    package let total: Int?
    /// The unit, such as `rows` or `bytes`.
    package let unit: String

    package init(activity: String, done: Int, total: Int?, unit: String) {
      self.activity = activity
      self.done = done
      self.total = total
      self.unit = unit
    }
  }

  /// Why a run stopped before its end.
  package enum Interruption: Error, Sendable {
    case cancelled
    /// The limit and what was held, in bytes.
    case memoryLimit(limitBytes: Int, heldBytes: Int)
  }

  package init(
    threadCount: Int = 1, memoryLimitBytes: Int = 0,
    progress: (@Sendable (Progress) -> Void)? = nil
  ) {
    self.threadCount = max(1, threadCount)
    self.memoryLimitBytes = memoryLimitBytes
    otherBytes =
      memoryLimitBytes > 0
      ? max(0, MemoryBudget.residentBytes() - MemoryBudget.heldBytes) : 0
    progressHandler = progress
  }

  /// Asks the run to stop at its next check. May be called from any thread.
  package func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Throws when the run was cancelled or holds more memory than it may.
  package func check() throws(Interruption) {
    if isCancelled.load(ordering: .relaxed) { throw .cancelled }
    if memoryLimitBytes > 0 {
      try expect(MemoryBudget.heldBytes)
      if isTimeToLook() { try expect(residentBytes()) }
    }
  }

  private func expect(_ heldBytes: Int) throws(Interruption) {
    if heldBytes > memoryLimitBytes {
      throw .memoryLimit(limitBytes: memoryLimitBytes, heldBytes: heldBytes)
    }
  }

  /// Whether the last look at resident memory is a while ago; only one thread is told so.
  private func isTimeToLook() -> Bool {
    let now = monotonicNanoseconds()
    let last = lastLook.load(ordering: .relaxed)
    guard now - last > Self.lookIntervalNanoseconds else { return false }
    return lastLook.compareExchange(expected: last, desired: now, ordering: .relaxed).exchanged
  }

  /// The growth of the process since the run began, buffers of before included.
  private func residentBytes() -> Int {
    let bytes = MemoryBudget.residentBytes() - otherBytes
    guard bytes > memoryLimitBytes else { return bytes }
    // The allocator may keep what nobody holds any more.
    MemoryBudget.returnFreedMemory()
    return MemoryBudget.residentBytes() - otherBytes
  }

  private static let lookIntervalNanoseconds = 2_000_000

  /// Throws when `byteCount` more bytes would go over the limit; for large allocations.
  package func reserve(_ byteCount: Int) throws(Interruption) {
    guard memoryLimitBytes > 0 else { return }
    try expect(MemoryBudget.heldBytes + byteCount)
    // What comes at once is looked at however short the last look is ago.
    if byteCount >= Self.largeBytes { try expect(residentBytes() + byteCount) }
  }

  private static let largeBytes = 1 << 20

  /// Notes what the user should know of the data, such as that a file could not be used.
  package func note(_ text: String) { notes.withLock { $0.append(text) } }

  /// What was noted since this was last called.
  package func takeNotes() -> [String] {
    notes.withLock { notes in
      let taken = notes
      notes = []
      return taken
    }
  }

  /// Tells how far the run is, if anybody asked.
  package func report(_ progress: Progress) { progressHandler?(progress) }

  /// Does a part of a query that a person knows by a name, such as `sorting`.
  package func during<Result, Failure: Error>(
    _ name: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard progressHandler != nil else { return try body() }
    let outer = activity.withLock { activity in
      let outer = activity
      activity = name
      return outer
    }
    defer { activity.withLock { $0 = outer } }
    reportActivity()
    return try body()
  }

  /// Tells that the present part of the query is at work and how far it is, nobody knows.
  package func reportActivity() {
    guard progressHandler != nil else { return }
    report(Progress(activity: activity.withLock { $0 }, done: 0, total: nil, unit: "rows"))
  }

  /// Tells how many rows the present part of the query has seen.
  package func reportRows(_ done: Int, of total: Int) {
    guard progressHandler != nil else { return }
    report(Progress(activity: activity.withLock { $0 }, done: done, total: total, unit: "rows"))
  }
}

extension RunControl {
  /// `check()` for importers, whose errors are their own type.
  package func checkImport() throws(ImportError) {
    do { try check() } catch { throw ImportError(error) }
  }
}

extension ImportError {
  package init(_ interruption: RunControl.Interruption) {
    switch interruption {
    case .cancelled: self.init(.interrupted, "interrupted")
    case .memoryLimit(let limit, let held):
      self.init(
        .memoryLimit,
        "the memory limit of \(limit >> 20) MiB was reached (\(held >> 20) MiB would be held)",
        remedy: "raise `--memory-limit`, or ask for fewer columns or rows")
    }
  }
}
