package import Glibc

/// Starts a thread that runs `body`; nil if the machine has none left.
///
/// Who starts it joins or detaches it.
///
/// - Parameter stackBytes: The size of its stack; nil for the system's.
package func newThread(
  stackBytes: Int? = nil, _ body: @escaping @Sendable () -> Void
) -> pthread_t? {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  if let stackBytes { pthread_attr_setstacksize(&attributes, stackBytes) }
  let work = Unmanaged.passRetained(ThreadWork(body))
  var thread = pthread_t()
  let code = pthread_create(
    &thread, &attributes,
    { address in
      if let address { Unmanaged<ThreadWork>.fromOpaque(address).takeRetainedValue().run() }
      return nil
    }, work.toOpaque())
  guard code == 0 else {
    work.release()
    return nil
  }
  return thread
}

/// Runs `body` on a thread that nobody waits for; false if the machine has none left.
package func startThread(
  stackBytes: Int? = nil, _ body: @escaping @Sendable () -> Void
) -> Bool {
  guard let thread = newThread(stackBytes: stackBytes, body) else { return false }
  pthread_detach(thread)
  return true
}

private final class ThreadWork: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
