import Glibc
import Synchronization

/// Requests that wait for the thread that evaluates, in the order in which they came.
final class RequestQueue: Sendable {
  private let state = Mutex<[KernelRequest]>([])
  private let wakeUp: Doorbell

  init() throws(KernelError) { wakeUp = try Doorbell() }

  func append(_ request: KernelRequest) {
    state.withLock { $0.append(request) }
    wakeUp.ring()
  }

  /// The next request; waits for it.
  func next() -> KernelRequest {
    while true {
      if let first = state.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return first }
      wakeUp.wait()
    }
  }

  /// Takes out all that wait now.
  func takeAll() -> [KernelRequest] {
    state.withLock { requests in
      defer { requests = [] }
      return requests
    }
  }

  /// Puts requests back before all others.
  func putBack(_ requests: [KernelRequest]) {
    guard !requests.isEmpty else { return }
    state.withLock { $0 = requests + $0 }
    wakeUp.ring()
  }
}

/// Wakes a thread that waits for a descriptor.
final class Doorbell: Sendable {
  let descriptor: Int32
  private let button: Int32

  init() throws(KernelError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw KernelError("the process is out of descriptors") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    button = ends[1]
  }

  deinit {
    close(descriptor)
    close(button)
  }

  /// A pipe that is full rings already.
  func ring() {
    var byte: UInt8 = 1
    _ = write(button, &byte, 1)
  }

  /// Forgets all rings so far.
  func clear() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
  }

  /// Waits for a ring, or takes one that has been.
  func wait() {
    var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&item, 1, -1)
    clear()
  }
}
