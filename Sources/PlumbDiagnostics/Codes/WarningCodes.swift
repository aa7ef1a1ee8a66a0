extension DiagnosticCode {
  /// The codes of warnings, sorted; they stop nothing.
  package static let warningCodes: [DiagnosticCode] = [
    .dataWarning
  ]

  /// A source was read, and something about its data is worth knowing.
  package static let dataWarning = DiagnosticCode(
    "W0501", "a source was read, and something about its data is worth knowing")
}
