import PlumbColumns
import Synchronization

/// Sends messages: replies to one client, and what happens to all that listen.
final class Publisher: Sendable {
  let writer: MessageWriter
  let outbox: Outbox
  let streams: StreamBuffer

  init(writer: MessageWriter, outbox: Outbox) {
    self.writer = writer
    self.outbox = outbox
    streams = StreamBuffer(writer: writer, outbox: outbox)
  }

  /// Tells all that listen; text that was printed before comes first.
  func publish(
    _ type: String, _ content: JSONTree, parent: [UInt8]?, metadata: JSONTree = [:]
  ) {
    streams.flush()
    let frames = writer.frames(
      to: [Array(type.utf8)], type, content, parent: parent, metadata: metadata)
    outbox.send(frames, on: .iopub)
  }

  /// `busy`, `idle` or `starting`.
  func status(_ state: String, parent: [UInt8]?) {
    publish("status", ["execution_state": .string(state)], parent: parent)
  }

  /// Answers a request that came on the shell channel.
  func reply(_ request: KernelRequest, _ content: JSONTree) {
    streams.flush()
    outbox.send(
      writer.frames(
        to: request.identities, request.replyType, content, parent: request.header),
      on: .shell)
  }
}

/// Text that cells print, gathered into few messages: servers drop messages when there are more
/// than a thousand a second.
final class StreamBuffer: Sendable {
  /// How long text waits for more.
  static let delayMilliseconds = 100
  /// Text of this size waits no longer.
  private static let byteLimit = 1 << 16

  private let writer: MessageWriter
  private let outbox: Outbox
  private let state = Mutex(State())

  private struct State {
    var name = ""
    var text = ""
    var parent: [UInt8] = []
    var since = ContinuousClock.now
  }

  init(writer: MessageWriter, outbox: Outbox) {
    self.writer = writer
    self.outbox = outbox
  }

  var isEmpty: Bool { state.withLock { $0.text.isEmpty } }

  /// Adds text to the stream `stdout` or `stderr`.
  func append(_ text: String, to name: String, parent: [UInt8]) {
    let isFirst = state.withLock { state -> Bool in
      if state.name != name || state.parent != parent { send(&state) }
      let isFirst = state.text.isEmpty
      if isFirst { state.since = .now }
      state.name = name
      state.parent = parent
      state.text += text
      if state.text.utf8.count >= Self.byteLimit { send(&state) }
      return isFirst
    }
    // The thread that sends must look again in a while.
    if isFirst { outbox.bell.ring() }
  }

  func flush() { state.withLock { send(&$0) } }

  /// Sends text that has waited long enough.
  func flushIfDue() {
    state.withLock { state in
      let waited = ContinuousClock.now - state.since
      if waited >= .milliseconds(Self.delayMilliseconds) { send(&state) }
    }
  }

  private func send(_ state: inout State) {
    guard !state.text.isEmpty else { return }
    let content: JSONTree = ["name": .string(state.name), "text": .string(state.text)]
    outbox.send(
      writer.frames(to: [Array("stream".utf8)], "stream", content, parent: state.parent),
      on: .iopub)
    state.text = ""
  }
}
