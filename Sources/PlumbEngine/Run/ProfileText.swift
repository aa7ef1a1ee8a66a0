import PlumbExecution

/// What a run did, an operator a line.
func profileText(_ report: ExecutionReport) -> String {
  report.operators.map { entry in
    let indent = String(repeating: "  ", count: entry.depth)
    let name = entry.detail.isEmpty ? entry.name : "\(entry.name) \(entry.detail)"
    let rows = entry.rowCount == 1 ? "1 row" : "\(entry.rowCount) rows"
    var line = "\(indent)\(name): \(rows), \(milliseconds(entry.seconds)) ms"
    if entry.chunkCount > 0 {
      let chunks = entry.chunkCount == 1 ? "chunk" : "chunks"
      line += ", \(entry.skippedChunkCount) of \(entry.chunkCount) \(chunks) skipped"
    }
    return line
  }.joined(separator: "\n")
}

private func milliseconds(_ seconds: Double) -> Double { (seconds * 1e5).rounded() / 100 }
