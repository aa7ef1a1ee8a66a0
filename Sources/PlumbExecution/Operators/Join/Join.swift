import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan

extension Executor {
  /// A hash join: the right side by its keys, then the left rows through it on all threads.
  func executeJoin(_ node: LogicalPlan.Join) throws(ExecutionError) -> Table {
    let left = try execute(node.left)
    let right = try execute(node.right)
    let leftKeys = try columns(node.keys.map(\.left), of: left)
    let rightKeys = try columns(node.keys.map(\.right), of: right)
    let index = try JoinIndex(
      rightKeys, types: node.keys.map(\.right.type), count: right.rowCount, executor: self)
    let probe = JoinProbe(index: index, kind: node.kind)
    let matches = try pairs(probe, leftKeys, left.rowCount, node)
    let leftColumns =
      try matches.left.map { (rows) throws(ExecutionError) in
        try gather(left.columns, rows)
      } ?? left.columns
    guard node.kind != .semi, node.kind != .anti, let rightRows = matches.right else {
      return Table(schema: node.schema, columns: leftColumns, rowCount: matches.count)
    }
    let kept = node.rightColumns.compactMap { right[$0.name] }
    let rightColumns = try gather(kept, rightRows, optional: node.kind.keepsUnmatchedLeft)
    let joined = Table(
      schema: node.schema, columns: leftColumns + rightColumns, rowCount: matches.count)
    guard node.kind.keepsUnmatchedRight else { return joined }
    return try appendUnmatched(
      to: joined, rightRows, node, left: left, right: right, rightKeys: rightKeys)
  }

  /// The pairs of all left rows.
  private func pairs(
    _ probe: JoinProbe, _ keys: [Column], _ count: Int, _ node: LogicalPlan.Join
  ) throws(ExecutionError) -> JoinMatches {
    let pieceRows = max(1, options.morselRows)
    let pieceCount = max(1, (count + pieceRows - 1) / pieceRows)
    let parts = try runWorkers(pieceCount, control: control) {
      (piece, scope) throws(ExecutionError) -> JoinMatches in
      try scope.check()
      let first = piece * pieceRows
      let length = min(pieceRows, count - first)
      let slices = keys.map { $0.slice(first, length) }
      if node.isUnique, let found = probe.firstWithSeveralMatches(slices, count: length) {
        throw severalMatches(found, slices, node)
      }
      return try probe.pairs(slices, first: first, count: length) {
        (pairCount) throws(ExecutionError) in
        try reserve(pairCount * 8)
        try scope.check()
      }
    }
    if parts.count == 1 { return parts[0] }
    return try joined(parts, count)
  }

  /// The pairs of consecutive runs of left rows as one.
  private func joined(_ parts: [JoinMatches], _ rowCount: Int) throws(ExecutionError) -> JoinMatches
  {
    let total = parts.reduce(0) { $0 + $1.count }
    guard total < Int(UInt32.max) else {
      throw ExecutionError(
        .memoryLimit, "the join gives \(total) rows, more than a table can hold",
        hint: "join on more keys, or filter first")
    }
    try reserve(total * 8)
    let isEachOnce = parts.allSatisfy { $0.left == nil }
    let left = Buffer<UInt32>(count: isEachOnce ? 0 : total)
    let hasRight = parts.allSatisfy { $0.right != nil }
    let right = Buffer<UInt32>(count: hasRight ? total : 0)
    var filled = 0
    var first = 0
    let pieceRows = max(1, options.morselRows)
    for part in parts {
      if !isEachOnce {
        if let rows = part.left {
          (left.base + filled).update(from: rows.pointer, count: part.count)
        } else {
          for row in 0..<part.count {
            left.base[filled + row] = UInt32(truncatingIfNeeded: first + row)
          }
        }
      }
      if let rows = part.right {
        (right.base + filled).update(from: rows.pointer, count: part.count)
      }
      filled += part.count
      first += pieceRows
    }
    return JoinMatches(
      left: isEachOnce ? nil : Values(left), right: hasRight ? Values(right) : nil, count: total)
  }

  /// The error of a `lookup` that finds more than one row.
  private func severalMatches(
    _ found: (row: Int, matches: Int), _ keys: [Column], _ node: LogicalPlan.Join
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

  /// Adds the right rows that no left row matches, their left columns null but for keys.
  private func appendUnmatched(
    to joined: Table, _ matched: Values<UInt32>, _ node: LogicalPlan.Join, left: Table,
    right: Table, rightKeys: [Column]
  ) throws(ExecutionError) -> Table {
    let rows = unmatchedRows(matched, count: right.rowCount)
    guard rows.count > 0 else { return joined }
    var columns = left.schema.fields.map { Column.nulls($0.type, count: rows.count) }
    let keptRight = Set(node.rightColumns.map(\.name))
    for (pair, key) in zip(node.keys, rightKeys) {
      // A key that is kept once has the right side's value here.
      guard let name = pair.left.columnName, let place = left.schema.index(of: name),
        !keptRight.contains(pair.right.plainColumnName ?? "")
      else { continue }
      columns[place] = try gather([key], rows)[0]
    }
    columns += try gather(node.rightColumns.compactMap { right[$0.name] }, rows)
    var all: [Column] = []
    for (index, field) in node.schema.fields.enumerated() {
      try attempt(control.check)
      all.append(
        .concatenated([joined.columns[index], columns[index]], type: field.type))
    }
    return Table(schema: node.schema, columns: all, rowCount: joined.rowCount + rows.count)
  }

  private func unmatchedRows(_ matched: Values<UInt32>, count: Int) -> Values<UInt32> {
    var isMatched = [Bool](repeating: false, count: count)
    let source = matched.pointer
    for index in 0..<matched.count where source[index] != .max {
      isMatched[Int(source[index])] = true
    }
    withExtendedLifetime(matched) {}
    return Values((0..<count).filter { !isMatched[$0] }.map { UInt32($0) })
  }
}

extension LogicalPlan.Join.Kind {
  fileprivate var keepsUnmatchedLeft: Bool { self == .left || self == .full }
  fileprivate var keepsUnmatchedRight: Bool { self == .right || self == .full }
}

extension ResolvedExpression {
  /// The column's name, if the expression is a column, converted or not.
  fileprivate var plainColumnName: String? {
    if case .convert(let inner, _) = self { return inner.columnName }
    return columnName
  }
}

/// A value as a message shows it: text in quotes.
private func literalText(_ value: Value) -> String {
  let shown = plainText(.list([value], element: value.type))
  return String(shown.dropFirst().dropLast())
}
