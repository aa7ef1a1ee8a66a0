import Glibc

/// Runs `body(0)` to `body(count - 1)` on a thread each, the last on the caller's, and waits.
///
/// Readers of a database spend their time in C and in system calls, which is no work for the
/// cooperative pool of tasks.
func onReaderThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  var threads: [pthread_t] = []
  for index in 0..<max(0, count - 1) {
    let work = Unmanaged.passRetained(ReaderWork { body(index) })
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { address in
        if let address { Unmanaged<ReaderWork>.fromOpaque(address).takeRetainedValue().run() }
        return nil
      }, work.toOpaque())
    if code == 0 {
      threads.append(thread)
    } else {
      // No more threads to be had: the caller's does it.
      work.takeRetainedValue().run()
    }
  }
  if count > 0 { body(count - 1) }
  for thread in threads { pthread_join(thread, nil) }
}

/// Runs `body` on a thread that nobody waits for; false if no thread is to be had.
func onOwnThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let work = Unmanaged.passRetained(ReaderWork(body))
  var thread = pthread_t()
  let code = pthread_create(
    &thread, nil,
    { address in
      if let address { Unmanaged<ReaderWork>.fromOpaque(address).takeRetainedValue().run() }
      return nil
    }, work.toOpaque())
  guard code == 0 else {
    work.release()
    return false
  }
  pthread_detach(thread)
  return true
}

private final class ReaderWork: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
