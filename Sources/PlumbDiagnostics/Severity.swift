/// How bad a diagnostic is.
package enum Severity: Sendable, Hashable, CaseIterable {
  /// The program cannot run, or had to stop.
  case error
  /// The program runs, but probably not as meant.
  case warning
  /// Worth knowing, nothing to mend.
  case note

  /// The word that begins the message.
  package var word: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }
}
