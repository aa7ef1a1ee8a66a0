import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

/// Operators that are still to come.
extension Executor {
  func executeDescribe(_ node: LogicalPlan.Describe) throws(ExecutionError) -> Table {
    throw pending
  }

  private var pending: ExecutionError {
    ExecutionError(.unsupportedFeature, "this stage cannot be run yet")
  }
}
