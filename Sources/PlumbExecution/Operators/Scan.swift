import PlumbColumns
import PlumbPlan
import PlumbSystem

extension Executor {
  /// The wanted columns of a source.
  func scan(_ node: LogicalPlan.Scan, _ demand: Demand) throws(ExecutionError) -> Pipeline {
    let entry = report?.begin("scan", detail: node.provider.name, depth: demand.depth)
    let start = monotonicNanoseconds()
    let places = node.columns.indices.filter { demand.wants(node.schema.fields[$0].name) }
    let request = ScanRequest(
      columns: places.map { node.columns[$0] },
      conditions: node.provider.usableConditions(node.conditions))
    let loaded: Table
    do {
      loaded = try node.provider.scan(request, control: control)
    } catch {
      throw ExecutionError(error)
    }
    if let entry {
      report?.finish(
        entry, rowCount: loaded.rowCount, nanoseconds: monotonicNanoseconds() - start)
      report?.addChunks(entry, loaded.chunkCount, skipped: 0)
    }
    var pipeline = Pipeline(loaded)
    // What is scanned may be named as the plan has it, and may have lost its families.
    pipeline.select(
      Array(places.indices),
      schema: Schema(places.map { node.schema.fields[$0] }, families: node.schema.families))
    pipeline.scanEntry = entry
    return pipeline
  }
}
