import Synchronization

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
