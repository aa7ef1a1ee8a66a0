import CZeroMQ
import Glibc
package import PlumbColumns
package import PlumbEngine
import PlumbOutput
import PlumbSystem
import Synchronization

/// The notebook kernel: takes requests of Jupyter clients and answers them out of a session
/// (Jupyter's messaging protocol 5.5).
///
/// Threads: one owns the sockets for requests and broadcasts, one that for control, one echoes the
/// heartbeat, one takes signals, one interrupts; the thread that calls `run` evaluates. So a client
/// hears from the kernel whatever a cell does.
package final class Kernel: Sendable {
  /// What cells run in.
  package let session: Session
  let options: KernelOptions
  let queue: RequestQueue
  let publisher: Publisher
  let interrupter: Interrupter
  let history: NotebookHistory
  let progress: CellProgress
  private let connection: ConnectionFile
  private let context: ZeroMQContext
  private let shuttingDown = Atomic<Bool>(false)
  private let refusedCount = Atomic<Int>(0)
  /// The number of the last cell, as clients show it.
  let executionCount = Mutex(0)

  /// Prepares a kernel for the client that has written the connection file.
  ///
  /// Must be called before any other thread is started, for signals to reach it.
  package init(
    connectionFile: [UInt8], options: KernelOptions,
    makeSession: (_ progress: @escaping @Sendable (RunControl.Progress) -> Void) -> Session
  ) throws(KernelError) {
    self.options = options
    connection = try ConnectionFile(connectionFile)
    context = try ZeroMQContext()
    queue = try RequestQueue()
    let writer = MessageWriter(
      signer: MessageSigner(key: connection.key), user: options.userName)
    publisher = Publisher(writer: writer, outbox: try Outbox())
    let progress = CellProgress(publisher)
    self.progress = progress
    session = makeSession { progress.report($0) }
    let session = session
    interrupter = try Interrupter { session.cancel() }
    history = NotebookHistory(path: options.historyPath)
  }

  /// Answers requests until a client ends the kernel; the process ends with it.
  package func run() throws(KernelError) -> Never {
    try watchSignals()
    let shell = try socket(ZMQ_ROUTER, connection.shellPort, [(ZMQ_ROUTER_HANDOVER, 1)])
    let control = try socket(ZMQ_ROUTER, connection.controlPort, [(ZMQ_ROUTER_HANDOVER, 1)])
    let input = try socket(ZMQ_ROUTER, connection.stdinPort, [(ZMQ_ROUTER_HANDOVER, 1)])
    let iopub = try socket(ZMQ_XPUB, connection.iopubPort, [(ZMQ_XPUB_VERBOSE, 1)])
    let heartbeat = try socket(ZMQ_ROUTER, connection.heartbeatPort, [])
    publisher.status("starting", parent: nil)
    try startKernelThread { self.exchangeMessages(shell, iopub, input) }
    try startKernelThread { self.answerControl(control) }
    try startKernelThread { self.echo(heartbeat) }
    try interrupter.start()
    while true { answer(queue.next()) }
  }

  private func socket(
    _ kind: Int32, _ port: Int, _ settings: [(Int32, Int32)]
  ) throws(KernelError) -> ZeroMQSocket {
    try context.socket(kind, at: connection.address(port), connection.curve, options: settings)
  }

  // MARK: Threads

  /// Takes requests to the queue and messages to the clients.
  private func exchangeMessages(
    _ shell: ZeroMQSocket, _ iopub: ZeroMQSocket, _ input: ZeroMQSocket
  ) {
    while true {
      for (channel, frames) in publisher.outbox.takeAll() {
        switch channel {
        case .shell: shell.send(frames)
        case .iopub: iopub.send(frames)
        }
      }
      if shuttingDown.load(ordering: .acquiring), publisher.outbox.isEmpty { return }
      while let frames = shell.receive() {
        guard let request = KernelRequest(frames, publisher.writer.signer) else {
          refuse()
          continue
        }
        queue.append(request)
      }
      while let frames = iopub.receive() { welcome(frames) }
      // No cell asks for input, so that nobody waits for an answer.
      while input.receive() != nil {}
      publisher.streams.flushIfDue()
      guard publisher.outbox.isEmpty else { continue }
      ZeroMQSocket.wait(
        for: [shell, iopub, input], descriptor: publisher.outbox.bell.descriptor,
        milliseconds: publisher.streams.isEmpty ? -1 : StreamBuffer.delayMilliseconds,
        context.library)
    }
  }

  /// Tells a listener that it will hear everything from now on.
  private func welcome(_ frames: [[UInt8]]) {
    guard let frame = frames.first, frame.first == 1 else { return }
    let topic = Array(frame.dropFirst())
    let content: JSONTree = ["subscription": .string(String(decoding: topic, as: UTF8.self))]
    publisher.outbox.send(
      publisher.writer.frames(to: [topic], "iopub_welcome", content, parent: nil), on: .iopub)
  }

  /// Answers what must be answered while a cell runs.
  private func answerControl(_ control: ZeroMQSocket) {
    let parent = getppid()
    // The client may have died before this thread began; who is left behind belongs to process 1.
    if let client = options.client, client != 1,
      parent == 1 || (kill(client, 0) != 0 && errno == ESRCH)
    {
      end()
    }
    while true {
      while let frames = control.receive() {
        guard let request = KernelRequest(frames, publisher.writer.signer) else {
          refuse()
          continue
        }
        publisher.status("busy", parent: request.header)
        if let content = controlReply(request) {
          control.send(
            publisher.writer.frames(
              to: request.identities, request.replyType, content, parent: request.header))
          if request.type == "shutdown_request" { shutDown(request, content) }
        }
        publisher.status("idle", parent: request.header)
      }
      ZeroMQSocket.wait(for: [control], milliseconds: 1000, context.library)
      // A kernel whose client died would stay for ever.
      if options.client != nil, getppid() != parent { end() }
    }
  }

  private func controlReply(_ request: KernelRequest) -> JSONTree? {
    switch request.type {
    case "kernel_info_request": return kernelInfo
    case "interrupt_request":
      interrupter.interrupt()
      return ["status": "ok"]
    case "shutdown_request":
      return ["status": "ok", "restart": .bool(request.content["restart"]?.bool ?? false)]
    default: return nil
    }
  }

  private func echo(_ heartbeat: ZeroMQSocket) {
    while true {
      while let frames = heartbeat.receive() { heartbeat.send(frames) }
      ZeroMQSocket.wait(for: [heartbeat], milliseconds: -1, context.library)
    }
  }

  // MARK: The end

  /// Tells everybody, gives the messages time to leave, and ends the process.
  func shutDown(_ request: KernelRequest, _ content: JSONTree) -> Never {
    publisher.publish("shutdown_reply", content, parent: request.header)
    publisher.status("idle", parent: request.header)
    end()
  }

  private func end() -> Never {
    publisher.streams.flush()
    shuttingDown.store(true, ordering: .releasing)
    publisher.outbox.bell.ring()
    usleep(100_000)
    options.cleanUp()
    _exit(0)
  }

  private func watchSignals() throws(KernelError) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watched = signals
    try startKernelThread {
      var set = watched
      while true {
        var signal: Int32 = 0
        guard sigwait(&set, &signal) == 0 else { continue }
        if signal == SIGINT { self.interrupter.interrupt() } else { self.end() }
      }
    }
  }

  /// Tells of a message that cannot be read; of very many only now and then.
  private func refuse() {
    let count = refusedCount.add(1, ordering: .relaxed).newValue
    guard count & (count - 1) == 0 else { return }
    let text = "plumb kernel: \(count) malformed or wrongly signed messages were left out\n"
    try? writeAll(text, to: 2)
  }
}

/// How a kernel works.
package struct KernelOptions: Sendable {
  package var version = ""
  package var userName = "plumb"
  /// The process that started the kernel, with which it ends; nil when it stays.
  package var client: Int32?
  /// Where the history is kept; nil to keep none.
  package var historyPath: String?
  /// Called before the process ends.
  package var cleanUp: @Sendable () -> Void = {}

  package init() {}
}
