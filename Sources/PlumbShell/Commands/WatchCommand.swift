import Glibc
import PlumbDiagnostics

extension ShellCommand {
  static let watch = ShellCommand(
    "watch", arguments: "SECONDS [PIPELINE]",
    summary: "run a pipeline, or the last one, again and again",
    details: "It stops when a key is pressed or the pipeline fails."
  ) { (shell, text) throws(ShellFailure) in
    let number = text.prefix { !$0.isWhitespace }
    let digits = number.hasSuffix("s") ? number.dropLast() : number
    guard let seconds = Double(digits), seconds >= 0.1, seconds <= 86_400 else {
      throw ShellFailure(
        "`.watch` needs a number of seconds, from 0.1", remedy: "such as `.watch 5 runs | count`")
    }
    let given = text.dropFirst(number.count).trimmingSpace()
    let last = shell.entries.dropLast().last { Entry($0) == .program($0) }
    guard let program = given.isEmpty ? last : given else {
      throw ShellFailure("there is no entry to run again")
    }
    let file = SourceFile(name: "<prompt>", text: program)
    let usesPager = shell.pager.isOn
    shell.pager.isOn = false
    defer { shell.pager.isOn = usesPager }
    repeat {
      // The screen is cleared when there is something new to show.
      guard shell.runProgram(file, opening: "\u{1B}[H\u{1B}[2J") else { return }
      TerminalOutput.write(
        shell.printer.faint(
          "every \(number.hasSuffix("s") ? number : number + "s") · "
            + "any key stops") + "\n")
    } while shell.waitForKey(milliseconds: Int32(seconds * 1000)) == false
  }
}

extension Shell {
  /// Waits until a key is pressed, which is taken, or a signal arrives, or the time is over;
  /// gives whether the wait ended early.
  func waitForKey(milliseconds: Int32) -> Bool {
    var descriptors = [
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&descriptors, 2, milliseconds) > 0 else { return false }
    if descriptors[0].revents != 0 {
      // A new size of the window is no reason to stop.
      return signals.take().contains { $0 != SIGWINCH && $0 != SIGCONT }
    }
    var bytes = [UInt8](repeating: 0, count: 64)
    _ = bytes.withUnsafeMutableBytes { Glibc.read(0, $0.baseAddress, $0.count) }
    return true
  }
}
