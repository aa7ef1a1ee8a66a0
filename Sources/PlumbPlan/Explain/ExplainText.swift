import PlumbColumns

/// What a run found out about one operation of a plan, to stand beside it.
package struct PlanAnnotation: Sendable {
  /// The rows that the operation gave.
  package let rowCount: Int?
  /// The time that it took, what it reads left out.
  package let seconds: Double?
  /// The chunks of the table that a scan reads, and how many of them were not looked at.
  package let chunkCount: Int
  package let skippedChunkCount: Int

  package init(
    rowCount: Int? = nil, seconds: Double? = nil, chunkCount: Int = 0, skippedChunkCount: Int = 0
  ) {
    self.rowCount = rowCount
    self.seconds = seconds
    self.chunkCount = chunkCount
    self.skippedChunkCount = skippedChunkCount
  }
}

/// A plan for people: an operation a line, what it reads below it and further in, then the plans
/// inside expressions, then the optimizer's rules that had a part in it.
///
/// - Parameter annotations: What a run found out, by the number of the operation, each counted
///   before what it reads, the left before the right; plans inside expressions follow.
package func explainText(
  _ plan: LogicalPlan, fired: [String], annotations: [Int: PlanAnnotation] = [:]
) -> String {
  var writer = PlanWriter(annotations: annotations)
  writer.write(plan, depth: 0)
  var query = 0
  while query < writer.queries.count {
    writer.lines.append("query \(query + 1):")
    writer.write(writer.queries[query].plan, depth: 1)
    query += 1
  }
  if !fired.isEmpty { writer.lines.append("rules: " + fired.joined(separator: ", ")) }
  return writer.lines.joined(separator: "\n")
}

/// Writes plans line by line, and collects the plans inside expressions.
private struct PlanWriter {
  let annotations: [Int: PlanAnnotation]
  var lines: [String] = []
  var queries: [QueryReference] = []
  private var nextNumber = 0

  init(annotations: [Int: PlanAnnotation]) { self.annotations = annotations }

  mutating func write(_ plan: LogicalPlan, depth: Int) {
    var printer = ExpressionPrinter(queries: queries)
    var line = String(repeating: "  ", count: depth) + printer.line(plan)
    queries = printer.queries
    if let annotation = annotations[nextNumber] { line += text(annotation) }
    lines.append(line)
    nextNumber += 1
    for input in plan.inputs { write(input, depth: depth + 1) }
  }

  private func text(_ annotation: PlanAnnotation) -> String {
    var parts: [String] = []
    if let rows = annotation.rowCount { parts.append(rows == 1 ? "1 row" : "\(rows) rows") }
    if let seconds = annotation.seconds {
      parts.append("\((seconds * 1e5).rounded() / 100) ms")
    }
    if annotation.chunkCount > 0 {
      parts.append("\(annotation.skippedChunkCount) of \(annotation.chunkCount) chunks skipped")
    }
    return parts.isEmpty ? "" : "  [" + parts.joined(separator: ", ") + "]"
  }
}
