extension DiagnosticCode {
  /// The codes of evaluation errors, sorted; they come from the evaluation.
  package static let evaluationCodes: [DiagnosticCode] = [
    .integerOverflow, .divisionByZero, .conversionFailed, .memoryLimit, .interrupted,
    .expectationFailed, .notOneValue, .severalMatches, .patternFailed, .recursionTooDeep,
    .invalidArgument, .checkUndecided,
  ]

  /// An integer result does not fit in 64 bits.
  package static let integerOverflow = DiagnosticCode(
    "E0401", "an integer result does not fit in 64 bits")

  /// An integer is divided by zero.
  package static let divisionByZero = DiagnosticCode("E0402", "an integer is divided by zero")

  /// A value cannot be converted.
  package static let conversionFailed = DiagnosticCode("E0403", "a value cannot be converted")

  /// The memory limit is reached.
  package static let memoryLimit = DiagnosticCode("E0404", "the memory limit is reached")

  /// The run was interrupted.
  package static let interrupted = DiagnosticCode("E0405", "the run was interrupted")

  /// An `expect` was not true.
  package static let expectationFailed = DiagnosticCode("E0406", "an `expect` was not true")

  /// A table of other than one row and one column is used as a value.
  package static let notOneValue = DiagnosticCode(
    "E0407", "a table of other than one row and one column is used as a value")

  /// A row of a lookup has more than one match.
  package static let severalMatches = DiagnosticCode(
    "E0408", "a row of a lookup has more than one match")

  /// A regular expression is malformed or takes too many steps.
  package static let patternFailed = DiagnosticCode(
    "E0409", "a regular expression is malformed or takes too many steps")

  /// Functions call each other too deeply.
  package static let recursionTooDeep = DiagnosticCode(
    "E0410", "functions call each other too deeply")

  /// An argument's value is outside of what the function takes.
  package static let invalidArgument = DiagnosticCode(
    "E0412", "an argument's value is outside of what the function takes")

  /// A check said that it cannot be decided.
  package static let checkUndecided = DiagnosticCode(
    "E0413", "a check said that it cannot be decided")
}
