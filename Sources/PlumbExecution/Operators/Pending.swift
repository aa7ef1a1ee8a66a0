import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

/// Operators that are still to come.
extension Executor {
  private var pending: ExecutionError {
    ExecutionError(.unsupportedFeature, "this stage cannot be run yet")
  }
}
