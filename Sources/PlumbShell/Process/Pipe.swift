import Glibc

/// A pipe whose ends are closed in programs that are started.
struct Pipe {
  let readEnd: Int32
  let writeEnd: Int32

  /// Nil when the process is out of descriptors.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  /// Lets both ends fail instead of waiting.
  func setNonBlocking() {
    for end in [readEnd, writeEnd] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }
}
