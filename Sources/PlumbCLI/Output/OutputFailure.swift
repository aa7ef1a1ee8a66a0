import PlumbOutput

/// Why results could not be written.
struct OutputFailure: Error {
  let kind: OutputError.Kind
  let message: String

  init(_ error: OutputError) {
    kind = error.kind
    message = error.message
  }

  init(_ message: String) {
    kind = .writeFailed
    self.message = message
  }

  /// The exit code, for failures that are no error to tell of.
  func exitCode() throws(CommandError) -> ExitCode {
    switch kind {
    case .closed: return .readerLeft
    case .interrupted: return .interrupted
    case .writeFailed:
      throw CommandError("cannot write to standard output: \(message)", exitCode: .failed)
    case .memoryLimit: throw CommandError(message, exitCode: .failed)
    }
  }
}
