import PlumbColumns
import Synchronization

/// What the readers have read so far.
final class SharedChunks: Sendable {
  private let state = Mutex<State>(State())
  private let failed = Atomic<Bool>(false)

  private struct State {
    var chunks: [Int: HistoryChunk] = [:]
    var error: ImportError?
  }

  /// Adds a chunk and gives the number of chunks so far.
  func add(_ chunk: HistoryChunk, at index: Int) -> Int {
    state.withLock {
      $0.chunks[index] = chunk
      return $0.chunks.count
    }
  }

  /// Adds chunks that follow each other, the first at `index`.
  func add(_ chunks: [HistoryChunk], from index: Int) {
    state.withLock { state in
      for (offset, chunk) in chunks.enumerated() { state.chunks[index + offset] = chunk }
    }
  }

  func fail(_ error: ImportError) {
    failed.store(true, ordering: .relaxed)
    state.withLock { if $0.error == nil { $0.error = error } }
  }

  var hasFailed: Bool { failed.load(ordering: .relaxed) }

  /// The chunks in their order, or the first error.
  func finish() throws(ImportError) -> [HistoryChunk] {
    let state = state.withLock { $0 }
    if let error = state.error { throw error }
    return state.chunks.sorted { $0.key < $1.key }.map(\.value)
  }
}
