import Glibc
import PlumbColumns

/// Starts a thread that runs a closure. Sockets wait in threads and not in tasks: two waits would
/// take all threads that tasks have on a machine of two cores.
func startKernelThread(_ body: @escaping @Sendable () -> Void) throws(KernelError) {
  guard startThread(body) else { throw KernelError("the machine is out of threads") }
}

/// The time in microseconds since 1970-01-01T00:00:00Z.
func currentMicroseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
}
