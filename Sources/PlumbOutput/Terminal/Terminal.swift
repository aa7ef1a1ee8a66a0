import Glibc

/// What is known of the terminal behind a file descriptor.
package enum Terminal {
  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns and rows; nil when the descriptor is no terminal.
  ///
  /// A terminal that does not know its size, such as a serial line, counts as 80 by 24.
  package static func size(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    guard isTerminal(descriptor) else { return nil }
    var window = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else {
      return (80, 24)
    }
    return (Int(window.ws_col), window.ws_row > 0 ? Int(window.ws_row) : 24)
  }

  /// Whether to colour what goes to a descriptor.
  package static func usesColor(_ descriptor: Int32, _ choice: ColorChoice) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      // https://no-color.org: set and not empty.
      if let value = getenv("NO_COLOR"), value[0] != 0 { return false }
      if let terminal = getenv("TERM"), String(cString: terminal) == "dumb" { return false }
      return isTerminal(descriptor)
    }
  }
}
