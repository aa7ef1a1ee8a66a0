extension DiagnosticCode {
  /// The codes of warnings, sorted; they come from any stage and stop nothing.
  package static let warningCodes: [DiagnosticCode] = [
    .shadowedName, .nullCondition,
  ]

  /// A name hides another of the same spelling.
  package static let shadowedName = DiagnosticCode(
    "W0101", "a name hides another of the same spelling")

  /// A condition was null for some rows.
  package static let nullCondition = DiagnosticCode("W0301", "a condition was null for some rows")
}
