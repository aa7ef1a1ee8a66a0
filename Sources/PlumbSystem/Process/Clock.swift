import Glibc

/// The time in microseconds since 1970-01-01T00:00:00Z.
package func currentMicroseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return time.tv_sec &* 1_000_000 &+ time.tv_nsec / 1_000
}

/// Nanoseconds of a clock that never goes back.
package func monotonicNanoseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
}
