import PlumbColumns
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// Compares the samples of two tables feature by feature.
  ///
  /// Rows are brought together by key and window once; then each feature of each key is the work of
  /// one thread, which sorts or counts its reference once for all windows.
  func drift(_ node: LogicalPlan.Drift, _ demand: Demand) throws(ExecutionError) -> Table {
    let current = try table(node.input, demand.all)
    var reference: Table?
    if let plan = node.referenceInput, node.profile == nil {
      reference = try table(plan, demand.all)
    }
    let cells = try driftCells(node, current, reference)
    var columns: [DriftFeatureColumn] = []
    for feature in node.features {
      columns.append(
        try DriftFeatureColumn(
          feature, current, reference, profile: node.profile, control: control))
    }
    let work = DriftWork(
      cells: cells, features: columns, settings: node.settings, control: control)
    let groupCount = cells.groupCount
    let found = try runWorkers(work.subjectCount * groupCount, control: control) {
      (task, scope) throws(ExecutionError) -> [[DriftComparison]] in
      try scope.check()
      do throws(RunControl.Interruption) {
        return try work.compare(subject: task / groupCount, group: task % groupCount)
      } catch {
        throw ExecutionError(error)
      }
    }
    let rows = cells.pairings.indices.flatMap { pairing -> [DriftRows.Row] in
      let group = cells.pairings[pairing].group
      let place = pairing - cells.pairingRanges[group].lowerBound
      return (0..<work.subjectCount).flatMap { subject in
        found[subject * groupCount + group][place].map {
          DriftRows.Row(pairing: pairing, comparison: $0)
        }
      }
    }
    return DriftRows(rows: rows, cells: cells, node: node).table()
  }
}
