import Glibc

/// Starts a thread that runs a closure. Sockets wait in threads and not in tasks: two waits would
/// take all threads that tasks have on a machine of two cores.
func startThread(_ body: @escaping @Sendable () -> Void) throws(KernelError) {
  let task = ThreadBody(body)
  let pointer = Unmanaged.passRetained(task)
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { raw in
      guard let raw else { return nil }
      Unmanaged<ThreadBody>.fromOpaque(raw).takeRetainedValue().body()
      return nil
    }, pointer.toOpaque())
  guard status == 0 else {
    pointer.release()
    throw KernelError("the machine is out of threads")
  }
  pthread_detach(thread)
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// The time in microseconds since 1970-01-01T00:00:00Z.
func currentMicroseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}
