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
    /// What it works on, such as a table's name. May be empty.
    package internal(set) var detail = ""
    /// How far it is below the plan's root.
    package let depth: Int
    /// The rows that it gave.
    package internal(set) var rowCount = 0
    /// The time that it took, what it reads left out.
    package internal(set) var seconds = 0.0
    /// The chunks of the table that a scan reads, and how many of them were not looked at.
    package internal(set) var chunkCount = 0
    package internal(set) var skippedChunkCount = 0
  }

  private struct State {
    var operators: [Operator] = []
    var nullConditionRows = 0
    /// The operators that are at work, outermost first.
    var open: [(entry: Int, start: ContinuousClock.Instant, childSeconds: Double)] = []
  }

  package init() {}

  package var operators: [Operator] { state.withLock { $0.operators } }

  /// The rows that a `where` left out because its condition was null.
  package var nullConditionRows: Int { state.withLock { $0.nullConditionRows } }

  /// Enters an operator; the next ones are below it until it is finished.
  func begin(_ name: String) -> Int {
    state.withLock { state in
      state.operators.append(Operator(name: name, depth: state.open.count))
      state.open.append((state.operators.count - 1, .now, 0))
      return state.operators.count - 1
    }
  }

  /// Leaves an operator, and all below it.
  func finish(_ entry: Int, rowCount: Int) {
    state.withLock { state in
      while let last = state.open.popLast() {
        let elapsed = (ContinuousClock.now - last.start) / .seconds(1)
        state.operators[last.entry].seconds += max(0, elapsed - last.childSeconds)
        if let parent = state.open.indices.last { state.open[parent].childSeconds += elapsed }
        guard last.entry == entry else { continue }
        state.operators[entry].rowCount = rowCount
        return
      }
    }
  }

  /// Changes what is known of an operator.
  func update(_ entry: Int, _ change: (inout Operator) -> Void) {
    state.withLock { change(&$0.operators[entry]) }
  }

  /// Changes what is known of the operator that was entered last.
  func updateCurrent(_ change: (inout Operator) -> Void) {
    state.withLock { state in
      if let current = state.open.last { change(&state.operators[current.entry]) }
    }
  }

  func addNullConditionRows(_ count: Int) {
    state.withLock { $0.nullConditionRows += count }
  }
}
