package import PlumbColumns
package import PlumbFunctions
package import PlumbPlan
import PlumbSystem

/// Runs logical plans: each operation by its operator, in `Operators/`.
///
/// Operations that see one batch at a time (filters, computed columns, the left side of joins)
/// are fused with what reads them into a `Pipeline`; all others take rows from a pipeline and give
/// a table. The result does not depend on the number of threads or the size of batches.
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
    let result = try table(plan, Demand(columns: nil, depth: 0))
    try attempt(control.check)
    return Table(schema: plan.schema, columns: result.columns, rowCount: result.rowCount)
  }

  /// The wanted columns of a plan's rows, in memory, in the order of its schema.
  func table(_ plan: LogicalPlan, _ demand: Demand) throws(ExecutionError) -> Table {
    switch plan {
    case .scan, .filter, .project, .limit, .join:
      return try collect(try pipeline(plan, demand))
    case .aggregate(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try aggregate(node, demand)
      }
    case .sort(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try sort(node, demand)
      }
    case .tail(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try tail(node, demand)
      }
    case .sample(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try sample(node, demand)
      }
    case .top(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try top(node, demand)
      }
    case .distinct(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try distinct(node, demand)
      }
    case .asof(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try asof(node, demand)
      }
    case .window(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try window(node, demand)
      }
    case .pivot(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try pivot(node, demand)
      }
    case .unpivot(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try unpivot(node, demand)
      }
    case .explode(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try explode(node, demand)
      }
    case .union(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try union(node, demand)
      }
    case .fill(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try fill(node, demand)
      }
    case .describe(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try describe(node, demand)
      }
    case .drift(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try drift(node, demand)
      }
    case .pareto(let node):
      return try measured(plan, demand) { (demand) throws(ExecutionError) in
        try pareto(node, demand)
      }
    case .plot(let node): return try table(node.input, demand)
    }
  }

  /// The wanted columns of a plan's rows, on their way.
  func pipeline(_ plan: LogicalPlan, _ demand: Demand) throws(ExecutionError) -> Pipeline {
    switch plan {
    case .scan(let node): return try scan(node, demand)
    case .filter(let node): return try filter(node, demand)
    case .project(let node): return try project(node, demand)
    case .limit(let node): return try limit(node, demand)
    case .join(let node): return try join(node, demand)
    case .aggregate, .sort, .tail, .sample, .top, .distinct, .asof, .window, .pivot, .unpivot,
      .explode, .union, .fill, .describe, .drift, .pareto, .plot:
      return Pipeline(try table(plan, demand))
    }
  }

  /// Runs an operator with its line in the report; leaves out columns that nobody wants.
  func measured(
    _ plan: LogicalPlan, _ demand: Demand,
    _ body: (Demand) throws(ExecutionError) -> Table
  ) throws(ExecutionError) -> Table {
    let entry = report?.begin(plan.operatorName, depth: demand.depth)
    let start = monotonicNanoseconds()
    let table = try control.during(plan.activity) { () throws(ExecutionError) in
      try body(demand)
    }
    if let entry {
      report?.finish(
        entry, rowCount: table.rowCount, nanoseconds: monotonicNanoseconds() - start)
    }
    guard demand.columns != nil else { return table }
    return table.selecting(table.schema.fields.map(\.name).filter(demand.wants))
  }

  /// Calls what may be stopped from outside, and tells of the stop as an `ExecutionError`.
  func attempt<Result>(
    _ body: () throws(RunControl.Interruption) -> Result
  ) throws(ExecutionError) -> Result {
    do { return try body() } catch { throw ExecutionError(error) }
  }
}

extension LogicalPlan {
  /// What the operation does, for a person who waits for it.
  fileprivate var activity: String {
    switch self {
    case .scan, .filter, .project, .limit, .plot: "running"
    case .aggregate: "summarizing"
    case .sort: "sorting"
    case .tail: "finding the last rows"
    case .sample: "sampling"
    case .top: "finding the top rows"
    case .distinct: "finding distinct rows"
    case .join, .asof: "joining"
    case .window: "computing windows"
    case .pivot: "pivoting"
    case .unpivot: "unpivoting"
    case .explode: "exploding lists"
    case .union: "putting tables together"
    case .fill: "filling gaps"
    case .describe: "describing"
    case .drift: "comparing samples"
    case .pareto: "comparing rows"
    }
  }

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
    case .drift: "drift"
    case .pareto: "pareto"
    case .plot: "plot"
    }
  }
}
