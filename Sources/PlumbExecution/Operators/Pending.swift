import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

/// Operators that are still to come.
extension Executor {
  func executeAggregate(_ node: LogicalPlan.Aggregate) throws(ExecutionError) -> Table {
    throw pending
  }

  func executeTop(_ node: LogicalPlan.Top) throws(ExecutionError) -> Table {
    throw pending
  }

  func executeDistinct(_ node: LogicalPlan.Distinct) throws(ExecutionError) -> Table {
    throw pending
  }

  func executePivot(_ node: LogicalPlan.Pivot) throws(ExecutionError) -> Table {
    throw pending
  }

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
