import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbOutput

/// Shows long output a screen at a time, and what fits into the window as it is.
struct Pager {
  let modes: TerminalModes?
  let signals: ShellSignals
  let environment: [String: String]
  /// Whether a pager is used at all.
  var isOn = true

  /// One that shows all as it is.
  static func none(like pager: Pager) -> Pager {
    var pager = pager
    pager.isOn = false
    return pager
  }

  /// Prints a text, through `$PAGER` when it has more lines than the window.
  ///
  /// Escape sequences in it are the program's own.
  func show(_ text: String) {
    // Writing to a terminal that is gone is no error here, and a text needs no other reason to end.
    try? show { (sink) throws(OutputError) in
      var buffer = TextBuffer()
      buffer.append(text)
      try sink.write(&buffer)
    }
  }

  /// Prints what `render` writes, through `$PAGER` as soon as it has more lines than the window;
  /// with `isWide`, also when it has lines that are longer.
  ///
  /// Throws what `render` throws, unless that is because the user has left the pager.
  func show(
    isWide: Bool = false, _ render: (ByteSink) throws(OutputError) -> Void
  ) throws(OutputError) {
    guard let modes, isOn, let size = Terminal.size(1) else {
      return try render(.descriptor(1))
    }
    let command = environment["PLUMB_PAGER"] ?? environment["PAGER"] ?? ""
    let output = PagedOutput(
      fit: WindowFit(size, isWide: isWide),
      startPager: {
        ExternalProgram.start(command.isEmpty ? "less -SRFX" : command, modes: modes)
      })
    var failure: OutputError?
    var hasPager = true
    signals.lending {
      do throws(OutputError) { try render(output.sink) } catch { failure = error }
      hasPager = output.finish()
    }
    if !hasPager { return try render(.descriptor(1)) }
    if let failure, failure.kind != .closed { throw failure }
  }
}

/// Output that is held back while it fits into the window, and goes through a pager when it does
/// not.
private final class PagedOutput {
  private var fit: WindowFit
  private let startPager: () -> ExternalProgram.Fed?
  private var held = TextBuffer()
  private var place = Place.held

  private enum Place {
    case held, terminal
    case pager(ExternalProgram.Fed)
  }

  init(fit: WindowFit, startPager: @escaping () -> ExternalProgram.Fed?) {
    self.fit = fit
    self.startPager = startPager
  }

  var sink: ByteSink {
    ByteSink { (bytes) throws(OutputError) in try self.write(bytes) }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
    let piece = bytes.assumingMemoryBound(to: UInt8.self)
    held.append(piece)
    if case .held = place {
      fit.add(piece)
      guard fit.isExceeded else { return }
      place = startPager().map { .pager($0) } ?? .terminal
    }
    try pass()
  }

  private func pass() throws(OutputError) {
    switch place {
    case .held: break
    case .terminal: try ByteSink.descriptor(1).write(&held)
    case .pager(let pager): try ByteSink.descriptor(pager.descriptor).write(&held)
    }
  }

  /// Ends the output; false when it has gone nowhere, because there is no such pager.
  func finish() -> Bool {
    switch place {
    case .held:
      // Nothing can be told to a terminal that is gone; the next read will find out.
      try? ByteSink.descriptor(1).write(&held)
      return true
    case .terminal: return true
    case .pager(let pager): return pager.finish() != ExternalProgram.notFound
    }
  }
}

/// Whether output fits into a window, found out piece by piece.
struct WindowFit {
  private let size: (columns: Int, rows: Int)
  private let isWide: Bool
  private var rows = 0
  /// The line that has not ended yet.
  private var line: [UInt8] = []
  private(set) var isExceeded = false

  /// With `isWide`, lines that are longer than the window do not fit either; else they wrap.
  init(_ size: (columns: Int, rows: Int), isWide: Bool) {
    self.size = size
    self.isWide = isWide
  }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes where !isExceeded {
      guard byte == 0x0A else {
        line.append(byte)
        continue
      }
      let width = line.count > size.columns ? Self.width(String(decoding: line, as: UTF8.self)) : 0
      line.removeAll(keepingCapacity: true)
      rows += 1 + max(0, width - 1) / size.columns
      // The prompt that follows takes a line.
      isExceeded = rows >= size.rows || isWide && width > size.columns
    }
  }

  /// The columns that a line takes, without its escape sequences.
  private static func width(_ line: String) -> Int {
    var width = 0
    var isInSequence = false
    for character in line {
      if character == "\u{1B}" {
        isInSequence = true
      } else if isInSequence {
        if character.isLetter { isInSequence = false }
      } else {
        width += displayWidth(of: character)
      }
    }
    return width
  }
}
