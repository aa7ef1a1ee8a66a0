import Glibc
import PlumbColumns
import PlumbSystem

/// Runs `body(0)` to `body(count - 1)` on a thread each, the last on the caller's, and waits.
///
/// Readers of a database spend their time in C and in system calls, which is no work for the
/// cooperative pool of tasks.
func onReaderThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  var threads: [pthread_t] = []
  for index in 0..<max(0, count - 1) {
    if let thread = newThread({ body(index) }) {
      threads.append(thread)
    } else {
      // No more threads to be had: the caller's does it.
      body(index)
    }
  }
  if count > 0 { body(count - 1) }
  for thread in threads { pthread_join(thread, nil) }
}
