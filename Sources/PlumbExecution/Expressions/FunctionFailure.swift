import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions

extension ExecutionError {
  /// A function's error at its place in the program; an interruption is told as what it is.
  init(
    _ error: FunctionError, topic: String, range: SourceRange?, control: RunControl
  ) {
    do throws(RunControl.Interruption) {
      try control.check()
    } catch {
      self.init(error)
      return
    }
    let code: DiagnosticCode
    switch (error.kind, topic) {
    case (.interruption(let interruption), _):
      self.init(interruption)
      return
    case (.overflow, _): code = .integerOverflow
    case (.argument, "conversion"): code = .conversionFailed
    case (.argument, "regular expressions"): code = .patternFailed
    case (.argument, _): code = .invalidArgument
    }
    self.init(code, error.message, hint: error.hint, range: range)
  }
}
