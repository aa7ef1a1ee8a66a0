import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

/// Operators that are still to come.
extension Executor {
  func executeAsof(_ node: LogicalPlan.AsofJoin) throws(ExecutionError) -> Table {
    throw pending
  }

  func executeWindow(_ node: LogicalPlan.Window) throws(ExecutionError) -> Table {
    throw pending
  }

  func executeUnpivot(_ node: LogicalPlan.Unpivot) throws(ExecutionError) -> Table {
    throw pending
  }

  func executeExplode(_ node: LogicalPlan.Explode) throws(ExecutionError) -> Table {
    throw pending
  }

  func executeFill(_ node: LogicalPlan.Fill) throws(ExecutionError) -> Table {
    throw pending
  }

  func executeDescribe(_ node: LogicalPlan.Describe) throws(ExecutionError) -> Table {
    throw pending
  }

  func executePareto(_ node: LogicalPlan.Pareto) throws(ExecutionError) -> Table {
    throw pending
  }

  private var pending: ExecutionError {
    ExecutionError(.unsupportedFeature, "this stage cannot be run yet")
  }
}
