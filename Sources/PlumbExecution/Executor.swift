package import PlumbColumns
package import PlumbFunctions
package import PlumbPlan

/// Runs logical plans: each operation by its operator, in `Operators/`.
///
/// Operations that look at one row at a time (filters, computed columns) are fused with what
/// reads them into a `Pipeline`; all others take whole tables and give whole tables.
package struct Executor: Sendable {
  package let control: RunControl
  package let environment: Environment
  package let options: ExecutionOptions
  let report: ExecutionReport?

  package init(
    control: RunControl, environment: Environment,
    options: ExecutionOptions = ExecutionOptions(), report: ExecutionReport? = nil
  ) {
    self.control = control
    self.environment = environment
    self.options = options
    self.report = report
  }

  /// The rows of a plan.
  package func execute(_ plan: LogicalPlan) throws(ExecutionError) -> Table {
    try attempt(control.check)
    let entry = report?.begin(plan.operatorName)
    do throws(ExecutionError) {
      let table = try run(plan)
      if let entry { report?.finish(entry, rowCount: table.rowCount) }
      return table
    } catch {
      if let entry { report?.finish(entry, rowCount: 0) }
      throw error
    }
  }

  private func run(_ plan: LogicalPlan) throws(ExecutionError) -> Table {
    switch plan {
    case .scan(let node): try executeScan(node)
    case .filter(let node): try executeFilter(node)
    case .project(let node): try executeProject(node)
    case .aggregate(let node): try executeAggregate(node)
    case .sort(let node): try executeSort(node)
    case .limit(let node): try executeLimit(node)
    case .tail(let node): try executeTail(node)
    case .sample(let node): try executeSample(node)
    case .top(let node): try executeTop(node)
    case .distinct(let node): try executeDistinct(node)
    case .join(let node): try executeJoin(node)
    case .asof(let node): try executeAsof(node)
    case .window(let node): try executeWindow(node)
    case .pivot(let node): try executePivot(node)
    case .unpivot(let node): try executeUnpivot(node)
    case .explode(let node): try executeExplode(node)
    case .union(let node): try executeUnion(node)
    case .fill(let node): try executeFill(node)
    case .describe(let node): try executeDescribe(node)
    case .pareto(let node): try executePareto(node)
    }
  }

  /// Calls what may be stopped from outside, and tells of the stop as an `ExecutionError`.
  func attempt<Result>(
    _ body: () throws(RunControl.Interruption) -> Result
  ) throws(ExecutionError) -> Result {
    do { return try body() } catch { throw ExecutionError(error) }
  }
}

extension LogicalPlan {
  /// The operation's name in reports.
  var operatorName: String {
    switch self {
    case .scan: "scan"
    case .filter: "filter"
    case .project: "project"
    case .aggregate: "aggregate"
    case .sort: "sort"
    case .limit: "limit"
    case .tail: "tail"
    case .sample: "sample"
    case .top: "top"
    case .distinct: "distinct"
    case .join: "join"
    case .asof: "asof"
    case .window: "window"
    case .pivot: "pivot"
    case .unpivot: "unpivot"
    case .explode: "explode"
    case .union: "union"
    case .fill: "fill"
    case .describe: "describe"
    case .pareto: "pareto"
    }
  }
}
