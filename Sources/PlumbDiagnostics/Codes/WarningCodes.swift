extension DiagnosticCode {
  /// The codes of warnings, sorted; they stop nothing.
  package static let warningCodes: [DiagnosticCode] = [
    .lostValue, .dataWarning,
  ]

  /// A function computes a value that it neither returns nor shows.
  package static let lostValue = DiagnosticCode(
    "W0201", "a function computes a value that it neither returns nor shows")

  /// A source was read, and something about its data is worth knowing.
  package static let dataWarning = DiagnosticCode(
    "W0501", "a source was read, and something about its data is worth knowing")
}
