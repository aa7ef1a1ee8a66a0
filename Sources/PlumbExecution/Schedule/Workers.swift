import PlumbColumns
import PlumbDiagnostics
import Synchronization

/// Runs `body(0)` … `body(count - 1)` on the run's threads and gives their results in order.
///
/// When several fail, the error of the first in order is thrown, whichever came first in time, so
/// that a run fails in the same way on any number of threads. Those behind a failed one are told
/// to stop by their `WorkerScope`.
func runWorkers<Output>(
  _ count: Int, control: RunControl,
  _ body: @Sendable (Int, WorkerScope) throws(ExecutionError) -> Output
) throws(ExecutionError) -> [Output] {
  let outcomes = Outcomes<Output>(count: count)
  let firstFailure = FirstFailure()
  parallelFor(threadCount: control.threadCount, taskCount: count) { worker in
    let scope = WorkerScope(worker: worker, firstFailure: firstFailure, control: control)
    do throws(ExecutionError) {
      outcomes[worker] = .success(try body(worker, scope))
    } catch {
      firstFailure.note(worker)
      outcomes[worker] = .failure(error)
    }
  }
  var results: [Output] = []
  results.reserveCapacity(count)
  for worker in 0..<count {
    guard let outcome = outcomes[worker] else { continue }
    results.append(try outcome.get())
  }
  return results
}

/// What a worker knows of the others: whether it is still worth going on.
struct WorkerScope: Sendable {
  let worker: Int
  fileprivate let firstFailure: FirstFailure
  let control: RunControl

  /// Throws when the run is to stop, or when a worker for earlier rows has failed.
  func check() throws(ExecutionError) {
    do throws(RunControl.Interruption) { try control.check() } catch { throw ExecutionError(error) }
    if firstFailure.isBefore(worker) { throw ExecutionError(.interrupted, "interrupted") }
  }
}

/// The least number of a worker that has failed.
private final class FirstFailure: Sendable {
  private let worker = Atomic<Int>(.max)

  func note(_ failed: Int) { worker.min(failed, ordering: .relaxed) }
  func isBefore(_ other: Int) -> Bool { worker.load(ordering: .relaxed) < other }
}

/// A place for each worker's result.
///
/// Each is written by one thread and read after all are done.
private final class Outcomes<Output>: @unchecked Sendable {
  private let places: UnsafeMutablePointer<Result<Output, ExecutionError>?>
  private let count: Int

  init(count: Int) {
    self.count = count
    places = .allocate(capacity: max(1, count))
    places.initialize(repeating: nil, count: count)
  }

  deinit {
    places.deinitialize(count: count)
    places.deallocate()
  }

  subscript(worker: Int) -> Result<Output, ExecutionError>? {
    get { places[worker] }
    set { places[worker] = newValue }
  }
}
