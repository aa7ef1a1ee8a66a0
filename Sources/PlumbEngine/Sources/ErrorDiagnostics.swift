package import PlumbColumns
package import PlumbDiagnostics
import PlumbExecution
import PlumbOutput

/// The one place where errors of data, execution and output become diagnostics.
extension Diagnostic {
  /// An importer's error, at the place of the program that asked for the data.
  package init(_ error: ImportError, at range: SourceRange?) {
    self.init(DiagnosticCode(error.kind), error.placedMessage, at: range, help: error.remedy)
  }

  /// An error of a run; `fallback` is where the statement stands.
  init(_ error: ExecutionError, at fallback: SourceRange?) {
    self.init(error.code, error.message, at: error.range ?? fallback, help: error.hint)
  }

  /// An error of writing a file.
  init(_ error: OutputError, at range: SourceRange?) {
    let code: DiagnosticCode =
      switch error.kind {
      case .closed, .writeFailed: .cannotWrite
      case .interrupted: .interrupted
      case .memoryLimit: .memoryLimit
      }
    self.init(code, error.message, at: range)
  }
}
