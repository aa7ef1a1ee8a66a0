import Synchronization

/// How a run is watched from outside: cancelled, limited in memory, followed in its progress.
///
/// Every loop over data calls `check()` at least once per chunk of 64 Ki rows (or a few
/// milliseconds of work); that is what makes a run interruptible within 100 ms.
package final class RunControl: Sendable {
  /// The threads that a run may use.
  package let threadCount: Int
  /// The bytes that all buffers may hold; 0 for no limit.
  package let memoryLimitBytes: Int
  private let isCancelled = Atomic<Bool>(false)
  private let progressHandler: (@Sendable (Progress) -> Void)?

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
    progressHandler = progress
  }

  /// Asks the run to stop at its next check. May be called from any thread.
  package func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// Throws when the run was cancelled or holds more memory than it may.
  package func check() throws(Interruption) {
    if isCancelled.load(ordering: .relaxed) { throw .cancelled }
    if memoryLimitBytes > 0 {
      let held = MemoryBudget.heldBytes
      if held > memoryLimitBytes {
        throw .memoryLimit(limitBytes: memoryLimitBytes, heldBytes: held)
      }
    }
  }

  /// Throws when `byteCount` more bytes would go over the limit; for large allocations.
  package func reserve(_ byteCount: Int) throws(Interruption) {
    let held = MemoryBudget.heldBytes + byteCount
    if memoryLimitBytes > 0, held > memoryLimitBytes {
      throw .memoryLimit(limitBytes: memoryLimitBytes, heldBytes: held)
    }
  }

  package func report(_ progress: Progress) { progressHandler?(progress) }
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
