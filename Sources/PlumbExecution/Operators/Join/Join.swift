import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan
import PlumbSystem

extension Executor {
  /// A hash join: the right side by its keys, then the left rows through it, as a step of their
  /// pipeline.
  func join(_ node: LogicalPlan.Join, _ demand: Demand) throws(ExecutionError) -> Pipeline {
    let entry = report?.begin("join", depth: demand.depth)
    let isFilter = node.kind == .semi || node.kind == .anti
    let rightColumns = isFilter ? [] : node.rightColumns.filter { demand.wants($0.outputName) }
    var pipeline = try pipeline(node.left, demand.adding(node.keys.map(\.left)))
    let right = try table(
      node.right, demand.only(rightColumns.map(\.name), adding: node.keys.map(\.right)))
    let start = monotonicNanoseconds()
    let rightKeys = try columns(node.keys.map(\.right), of: right)
    let index = try JoinIndex(
      rightKeys, types: node.keys.map(\.right.type), count: right.rowCount, executor: self)
    let schema = demand.wanted(of: node.schema)
    let leftNames = schema.fields.dropLast(rightColumns.count).map(\.name)
    let operation = JoinOperator(
      node: node, probe: JoinProbe(index: index, kind: node.kind),
      keys: try evaluators(node.keys.map(\.left), schema: pipeline.schema),
      left: leftNames.compactMap { pipeline.schema.index(of: $0) },
      right: rightColumns.compactMap { right[$0.name] },
      matched: node.kind.keepsUnmatchedRight ? MatchedRows(count: right.rowCount) : nil,
      batchRows: max(1, options.batchRows), control: control)
    if let entry {
      report?.add(
        entry, rowCount: 0, seconds: Double(monotonicNanoseconds() - start) / 1e9)
    }
    let leftSchema = pipeline.schema
    pipeline.append(
      operation, entry: entry, schema: schema, keepsRows: false,
      canFail: node.isUnique || node.keys.contains(where: \.left.canFail))
    guard let matched = operation.matched else { return pipeline }
    let joined = try collect(pipeline)
    let unmatched = try unmatchedRows(
      node, matched, leftSchema: leftSchema, leftNames: leftNames, right: right,
      rightKeys: rightKeys, rightColumns: rightColumns)
    if let entry { report?.add(entry, rowCount: unmatched.count, seconds: 0) }
    return Pipeline(try concatenate([joined.batch, unmatched], schema: schema))
  }

  /// The right rows that no left row matches, their left columns null but for keys.
  private func unmatchedRows(
    _ node: LogicalPlan.Join, _ matched: MatchedRows, leftSchema: Schema, leftNames: [String],
    right: Table, rightKeys: [Column], rightColumns: [RightColumn]
  ) throws(ExecutionError) -> Batch {
    let rows = matched.missing
    let keptRight = Set(node.rightColumns.map(\.name))
    var columns: [Column] = []
    for name in leftNames {
      // A key that is kept once has the right side's value here.
      let key = node.keys.firstIndex {
        $0.left.columnName == name && !keptRight.contains($0.right.plainColumnName ?? "")
      }
      if let key {
        columns += try gather([rightKeys[key]], rows)
      } else {
        columns.append(.nulls(leftSchema[name]?.type ?? .null, count: rows.count))
      }
    }
    columns += try gather(rightColumns.compactMap { right[$0.name] }, rows)
    return Batch(columns: columns, count: rows.count)
  }
}

/// Finds the matches of left rows, a batch at a time.
private struct JoinOperator: BatchOperator {
  let node: LogicalPlan.Join
  let probe: JoinProbe
  let keys: [ExpressionEvaluator]
  /// The positions of the left columns that are handed on.
  let left: [Int]
  let right: [Column]
  /// Which right rows have a match, where unmatched ones are wanted.
  let matched: MatchedRows?
  let batchRows: Int
  let control: RunControl

  func apply(
    _ batch: Batch, _ emit: (Batch) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    var columns: [Column] = []
    for key in keys { columns.append(try key.evaluate(batch)) }
    if node.isUnique, let found = probe.firstWithSeveralMatches(columns, count: batch.count) {
      throw severalMatches(found, columns)
    }
    try probe.forEachRun(columns, count: batch.count, pairsAtOnce: max(batchRows * 4, 65_536)) {
      (matches) throws(ExecutionError) in
      guard matches.count > 0 else { return }
      let from = left.map { batch.columns[$0] }
      var output = matches.left.map { rows in from.map { $0.gathered(rows) } } ?? from
      if let rows = matches.right {
        matched?.note(rows)
        let isOptional = node.kind.keepsUnmatchedLeft
        for column in right {
          output.append(isOptional ? column.gatheredOptional(rows) : column.gathered(rows))
        }
      }
      try emit(Batch(columns: output, count: matches.count))
    }
  }

  /// The error of a `lookup` that finds more than one row.
  private func severalMatches(
    _ found: (row: Int, matches: Int), _ keys: [Column]
  ) -> ExecutionError {
    let values = zip(node.keys, keys).map { pair, column in
      let name = pair.left.columnName.map { "`\($0)` = " } ?? ""
      return name + literalText(column.value(at: found.row))
    }
    return ExecutionError(
      .severalMatches,
      "the lookup finds \(found.matches) rows for \(values.joined(separator: ", "))",
      hint: "`join` gives a row for each match; `distinct` on the other table keeps one of them",
      range: node.range)
  }
}

extension LogicalPlan.Join.Kind {
  fileprivate var keepsUnmatchedLeft: Bool { self == .left || self == .full }
  fileprivate var keepsUnmatchedRight: Bool { self == .right || self == .full }
}

/// A value as a message shows it: text in quotes.
private func literalText(_ value: Value) -> String {
  let shown = plainText(.list([value], element: value.type))
  return String(shown.dropFirst().dropLast())
}
