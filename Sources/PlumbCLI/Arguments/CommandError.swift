import PlumbOutput

/// Why the command cannot do what it was asked to, before or outside of any program.
struct CommandError: Error {
  let exitCode: ExitCode
  /// What is wrong, lower case, without a full stop.
  let message: String
  /// What to do about it.
  let remedy: String?

  init(_ message: String, remedy: String? = nil, exitCode: ExitCode = .usage) {
    self.message = message
    self.remedy = remedy
    self.exitCode = exitCode
  }

  /// An error that standard error has already told of.
  static func alreadyReported(_ exitCode: ExitCode) -> CommandError {
    CommandError("", exitCode: exitCode)
  }

  /// The lines for standard error.
  var text: String {
    if message.isEmpty { return "" }
    var lines = "plumb: \(shown(message))\n"
    if let remedy { lines += "  \(shown(remedy))\n" }
    return lines
  }
}
