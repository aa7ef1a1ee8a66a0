import Synchronization

/// Messages that wait for the thread that owns the sockets.
final class Outbox: Sendable {
  /// The socket that a message leaves by.
  enum Channel: Sendable {
    case shell, iopub
  }

  private let state = Mutex<[(Channel, [[UInt8]])]>([])
  /// Rings when there is something to send.
  let bell: Doorbell

  init() throws(KernelError) { bell = try Doorbell() }

  func send(_ frames: [[UInt8]], on channel: Channel) {
    state.withLock { $0.append((channel, frames)) }
    bell.ring()
  }

  /// Takes out all that wait, in order.
  func takeAll() -> [(channel: Channel, frames: [[UInt8]])] {
    bell.clear()
    return state.withLock { messages in
      defer { messages = [] }
      return messages.map { ($0.0, $0.1) }
    }
  }

  var isEmpty: Bool { state.withLock { $0.isEmpty } }
}
