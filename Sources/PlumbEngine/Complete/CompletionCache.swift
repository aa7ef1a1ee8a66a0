import PlumbColumns
import PlumbPlan
import Synchronization

/// The columns at a point of a pipeline.
struct PipelineColumns: Sendable {
  let schema: Schema
  /// What columns and families mean, as far as the tables that they come from say it.
  let summaries: [String: String]

  init(_ plan: LogicalPlan) {
    schema = plan.schema
    summaries = Self.summaries(of: plan)
  }

  private static func summaries(of plan: LogicalPlan) -> [String: String] {
    if case .scan(let scan) = plan { return scan.provider.columnSummaries }
    return plan.inputs.map(summaries).reduce(into: [:]) { all, more in
      all.merge(more) { first, _ in first }
    }
  }

  func summary(_ name: String) -> String { summaries[name] ?? "" }
}

/// What completion has found out for the pipeline at hand, kept while a word is being typed.
final class CompletionCache: Sendable {
  private let state = Mutex(State())

  private struct State {
    var columns: (key: Key, found: PipelineColumns?)?
    var values: (key: Key, column: String, found: [(String, Int)])?
  }

  private struct Key: Equatable {
    let input: String
    let before: String
  }

  /// Forgets everything: something has run.
  func clear() { state.withLock { $0 = State() } }

  func columns(
    of input: String, after before: String, _ find: () -> PipelineColumns?
  ) -> PipelineColumns? {
    let key = Key(input: input, before: before)
    if let known = state.withLock({ $0.columns }), known.key == key { return known.found }
    let found = find()
    state.withLock { $0.columns = (key, found) }
    return found
  }

  func values(
    of column: String, in input: String, after before: String, _ find: () -> [(String, Int)]
  ) -> [(String, Int)] {
    let key = Key(input: input, before: before)
    if let known = state.withLock({ $0.values }), known.key == key, known.column == column {
      return known.found
    }
    let found = find()
    state.withLock { $0.values = (key, column, found) }
    return found
  }
}
