import Glibc

/// Waits for keys and signals.
final class KeyReader {
  private let descriptor: Int32
  private let signals: ShellSignals
  private var decoder = KeyDecoder()
  private var pendingSignals: [Int32] = []
  /// A descriptor to watch beside the keys.
  private let other: Int32?

  /// What has happened.
  enum Event {
    case key(Key)
    case signal(Int32)
    /// Nothing has happened for as long as was asked.
    case idle
    /// The descriptor that is watched beside the keys has become readable.
    case other
    /// The terminal is gone, or the input is at its end.
    case end
  }

  /// How long a sequence of bytes may stop in its middle.
  private static let sequenceMilliseconds: Int32 = 40
  private static let pasteMilliseconds: Int32 = 1000

  init(_ descriptor: Int32, _ signals: ShellSignals, other: Int32?) {
    self.descriptor = descriptor
    self.signals = signals
    self.other = other
  }

  /// Whether an event can be had without waiting.
  var isReady: Bool {
    if !pendingSignals.isEmpty || decoder.isWaiting { return true }
    return wait(0) != .timeout
  }

  /// Waits for the next event, at most so many milliseconds; -1 for as long as it takes.
  func next(milliseconds: Int32 = -1) -> Event {
    while true {
      if !pendingSignals.isEmpty { return .signal(pendingSignals.removeFirst()) }
      if let key = decoder.next() { return .key(key) }
      let limit: Int32 =
        !decoder.isWaiting
        ? milliseconds : decoder.isInPaste ? Self.pasteMilliseconds : Self.sequenceMilliseconds
      switch wait(limit) {
      case .timeout:
        if !decoder.isWaiting { return .idle }
        if let key = decoder.endSequence() { return .key(key) }
      case .signal: pendingSignals = signals.take()
      case .input: if !fill() { return .end }
      case .other: return .other
      }
    }
  }

  private enum Ready {
    case timeout, signal, input, other
  }

  private func wait(_ milliseconds: Int32) -> Ready {
    var descriptors = [signals.descriptor, descriptor, other ?? -1].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let count = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    if count <= 0 { return .timeout }
    if descriptors[0].revents != 0 { return .signal }
    return descriptors[1].revents != 0 ? .input : .other
  }

  /// Takes what has arrived; false at the end of the input.
  private func fill() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0 { return errno == EINTR || errno == EAGAIN }
    guard count > 0 else { return false }
    decoder.feed(bytes[..<count])
    return true
  }
}
