import PlumbColumns
package import PlumbPlan

extension Executor {
  /// What a run would leave out, for `explain`: the chunks of each table in memory under a filter,
  /// by the number of the scan as `explainText` counts. Nothing is read but summaries.
  ///
  /// Tables of one chunk are left out, and those that a scan would have to load.
  package func plannedChunks(
    _ plan: LogicalPlan
  ) throws(ExecutionError) -> [Int: PlanAnnotation] {
    var annotations: [Int: PlanAnnotation] = [:]
    var number = 0
    try annotate(plan, &number, &annotations)
    return annotations
  }

  private func annotate(
    _ plan: LogicalPlan, _ number: inout Int, _ annotations: inout [Int: PlanAnnotation]
  ) throws(ExecutionError) {
    let own = number
    number += 1
    if case .filter(let filter) = plan, case .scan(let scan) = filter.input,
      scan.provider is MemoryTable
    {
      let report = ExecutionReport()
      let trial = Executor(
        control: control, environment: environment, options: options, report: report)
      _ = try trial.filter(filter, Demand(columns: nil, depth: 0))
      if let entry = report.operators.first(where: { $0.chunkCount > 1 }) {
        annotations[own + 1] = PlanAnnotation(
          chunkCount: entry.chunkCount, skippedChunkCount: entry.skippedChunkCount)
      }
    }
    for input in plan.inputs { try annotate(input, &number, &annotations) }
  }
}
