import Synchronization

/// What a run did: rows and time per operator, chunks skipped, null conditions met.
///
/// One report may follow several plans, one after the other. Entries stand in the order of the
/// plan, each operator before what it reads.
package final class ExecutionReport: Sendable {
  private let state = Mutex(State())

  /// What one operator did.
  package struct Operator: Sendable {
    /// The operation, such as `filter`.
    package let name: String
    /// What it works on, such as a table's name.
    ///
    /// May be empty.
    package let detail: String
    /// How far it is below the plan's root.
    package let depth: Int
    /// The rows that it gave.
    package fileprivate(set) var rowCount = 0
    /// The time that it took, what it reads left out; of operators that threads share, the time
    /// of one thread.
    package fileprivate(set) var seconds = 0.0
    /// The chunks of the table that a scan reads, and how many of them were not looked at.
    package fileprivate(set) var chunkCount = 0
    package fileprivate(set) var skippedChunkCount = 0
  }

  private struct State {
    var operators: [Operator] = []
    var nullConditionRows = 0
  }

  package init() {}

  package var operators: [Operator] { state.withLock { $0.operators } }

  /// The rows that a `where` left out because its condition was null.
  package var nullConditionRows: Int { state.withLock { $0.nullConditionRows } }

  /// Enters an operator, before those that it reads.
  func begin(_ name: String, detail: String = "", depth: Int) -> Int {
    state.withLock { state in
      state.operators.append(Operator(name: name, detail: detail, depth: depth))
      return state.operators.count - 1
    }
  }

  /// Books an operator that ran from its entry until now: all that was entered since is below it,
  /// and its time is not counted twice.
  func finish(_ entry: Int, rowCount: Int, nanoseconds: Int) {
    state.withLock { state in
      let below = state.operators[(entry + 1)...].reduce(0) { $0 + $1.seconds }
      state.operators[entry].rowCount += rowCount
      state.operators[entry].seconds += max(0, Double(nanoseconds) / 1e9 - below)
    }
  }

  /// Books what an operator of a pipeline did.
  func add(_ entry: Int, rowCount: Int, seconds: Double) {
    state.withLock { state in
      state.operators[entry].rowCount += rowCount
      state.operators[entry].seconds += seconds
    }
  }

  func addChunks(_ entry: Int, _ count: Int, skipped: Int) {
    state.withLock { state in
      state.operators[entry].chunkCount = count
      state.operators[entry].skippedChunkCount = skipped
    }
  }

  func addNullConditionRows(_ count: Int) {
    state.withLock { $0.nullConditionRows += count }
  }
}
