import Glibc

/// Reads entries where there is no terminal that could be drawn on: a line at a time, with nothing
/// but a prompt.
struct PlainReader {
  private let signals: ShellSignals

  init(_ signals: ShellSignals) { self.signals = signals }

  /// Reads lines until they are an entry.
  func read(isComplete: (String) -> Bool) -> LineEditor.Outcome {
    var text = ""
    ErrorOutput.write("plumb> ")
    while true {
      switch nextLine() {
      case .line(let line):
        text += line
        if isComplete(text) { return .entry(text) }
        text += "\n"
        ErrorOutput.write("     …> ")
      case .end:
        ErrorOutput.write("\n")
        // An entry that is not complete is given up, as at other prompts.
        return text.isEmpty ? .endOfInput : .interrupted
      case .interrupted:
        ErrorOutput.write("\n")
        return .interrupted
      case .hangup: return .hangup
      }
    }
  }

  private enum Line {
    case line(String)
    case end
    case interrupted
    case hangup
  }

  /// The next line, without its end. In its own mode the terminal hands over whole lines.
  private func nextLine() -> Line {
    var bytes: [UInt8] = []
    while true {
      var descriptors = [
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&descriptors, 2, -1) > 0 else { continue }
      if descriptors[0].revents != 0 {
        let arrived = signals.take()
        if arrived.contains(where: { $0 == SIGTERM || $0 == SIGHUP }) { return .hangup }
        if arrived.contains(SIGINT) { return .interrupted }
        continue
      }
      var byte: UInt8 = 0
      let count = Glibc.read(0, &byte, 1)
      if count < 0 {
        if errno == EINTR { continue }
        return .hangup
      }
      if count == 0 { return bytes.isEmpty ? .end : .line(Self.text(bytes)) }
      if byte == 0x0A { return .line(Self.text(bytes)) }
      bytes.append(byte)
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix("\r") ? String(text.dropLast()) : text
  }
}
