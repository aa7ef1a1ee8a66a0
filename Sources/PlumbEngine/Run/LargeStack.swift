import Glibc
import PlumbSystem

/// Runs a closure on a thread with a stack for deep programs, and waits for it.
///
/// Programs nest and call themselves; the stack of the calling thread may be 512 KiB.
func withLargeStack<Result>(_ body: () -> Result) -> Result {
  withoutActuallyEscaping(body) { body in
    let task = StackTask(body)
    guard let thread = newThread(stackBytes: 1 << 29, { task.run() }) else { return body() }
    pthread_join(thread, nil)
    return task.finish() ?? body()
  }
}

/// A closure to run on another thread.
///
/// Unchecked because whoever makes it touches it again only when that thread has ended.
private final class StackTask<Result>: @unchecked Sendable {
  private var body: (() -> Result)?
  private var result: Result?

  init(_ body: @escaping () -> Result) { self.body = body }

  func run() { result = body?() }

  /// Lets go of the closure and gives its result.
  func finish() -> Result? {
    body = nil
    return result
  }
}
