import Glibc

/// Runs a closure on a thread with a stack for deep programs, and waits for it.
///
/// Programs nest and call themselves; the stack of the calling thread may be 512 KiB.
func withLargeStack<Result>(_ body: () -> Result) -> Result {
  let stackBytes = 1 << 29
  return withoutActuallyEscaping(body) { body in
    let task = StackTask(body)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackBytes)
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let pointer = Unmanaged.passUnretained(task).toOpaque()
    let status = pthread_create(
      &thread, &attributes,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<StackTaskBase>.fromOpaque(pointer).takeUnretainedValue().run()
        return nil
      }, pointer)
    if status == 0 { pthread_join(thread, nil) } else { task.run() }
    task.finish()
    guard let result = task.result else { return body() }
    return result
  }
}

/// A closure to run on another thread.
private class StackTaskBase {
  func run() {}
}

private final class StackTask<Result>: StackTaskBase {
  private var body: (() -> Result)?
  private(set) var result: Result?

  init(_ body: @escaping () -> Result) { self.body = body }

  override func run() { result = body?() }

  func finish() { body = nil }
}
