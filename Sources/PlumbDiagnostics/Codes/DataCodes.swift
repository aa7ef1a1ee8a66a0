extension DiagnosticCode {
  /// The codes of data errors, sorted; they come from the importers and writers.
  package static let dataCodes: [DiagnosticCode] = [
    .cannotOpen, .notRecognized, .corruptData, .malformedRow, .sourceBusy, .cannotWrite,
    .badWaiver,
  ]

  /// A file or source cannot be opened.
  package static let cannotOpen = DiagnosticCode("E0501", "a file or source cannot be opened")

  /// A file is of no format that is known.
  package static let notRecognized = DiagnosticCode("E0502", "a file is of no format that is known")

  /// A file is damaged or cut off.
  package static let corruptData = DiagnosticCode("E0503", "a file is damaged or cut off")

  /// A row of a text file does not follow the format.
  package static let malformedRow = DiagnosticCode(
    "E0504", "a row of a text file does not follow the format")

  /// A store is locked by another process.
  package static let sourceBusy = DiagnosticCode("E0506", "a store is locked by another process")

  /// A file cannot be written.
  package static let cannotWrite = DiagnosticCode("E0507", "a file cannot be written")

  /// A waiver is not in order.
  package static let badWaiver = DiagnosticCode("E0510", "a waiver is not in order")
}
