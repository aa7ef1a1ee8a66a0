import Glibc

/// The mode in which the shell found its terminal, to be given back whenever others use it.
struct TerminalModes: Sendable {
  private let descriptor: Int32
  private let original: termios

  /// Nil when the descriptor is no terminal.
  init?(_ descriptor: Int32) {
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else { return nil }
    self.descriptor = descriptor
    original = modes
  }

  /// Gives the terminal its original mode, keeping keys that were typed ahead.
  func restore() {
    var modes = original
    tcsetattr(descriptor, TCSADRAIN, &modes)
    TerminalOutput.write(TerminalOutput.endsPasteMarks)
  }
}
