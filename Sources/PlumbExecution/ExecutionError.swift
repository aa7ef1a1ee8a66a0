package import PlumbColumns
package import PlumbDiagnostics

/// Why a plan could not be run to its end.
package struct ExecutionError: Error, Sendable {
  package let code: DiagnosticCode
  /// What is wrong, in the user's words, lower case, without a full stop.
  package let message: String
  package let hint: String?
  /// The place in the program that is to blame, where known.
  package let range: SourceRange?

  package init(
    _ code: DiagnosticCode, _ message: String, hint: String? = nil, range: SourceRange? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.range = range
  }

  /// The same error with the row, counted from 1, whose value is to blame.
  func inRow(_ row: Int) -> ExecutionError {
    ExecutionError(code, "\(message), in row \(row)", hint: hint, range: range)
  }
}

extension ExecutionError {
  /// The stop of a run from outside.
  package init(_ interruption: RunControl.Interruption) {
    self.init(ImportError(interruption))
  }
}

extension ExecutionError {
  /// Data that could not be read.
  package init(_ error: ImportError) {
    self.init(DiagnosticCode(error.kind), error.placedMessage, hint: error.remedy)
  }
}

extension DiagnosticCode {
  /// The code of a kind of data error.
  package init(_ kind: ImportError.Kind) {
    switch kind {
    case .notFound, .notReadable: self = .cannotOpen
    case .wrongFormat: self = .notRecognized
    case .corrupt: self = .corruptData
    case .locked: self = .sourceBusy
    case .badValue: self = .malformedRow
    case .badOption: self = .invalidArgument
    case .interrupted: self = .interrupted
    case .memoryLimit: self = .memoryLimit
    case .writeFailed: self = .cannotWrite
    }
  }
}

extension ExecutionError {
  /// A result with more rows than a table can number.
  static func tooManyRows(_ count: Int) -> ExecutionError {
    ExecutionError(
      .memoryLimit, "the result has \(count) rows, more than a table can hold",
      hint: "filter first, or join on more keys")
  }
}
