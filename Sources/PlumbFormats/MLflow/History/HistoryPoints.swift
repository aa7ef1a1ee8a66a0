import PlumbColumns

/// Rows of the history that are appended point by point.
final class HistoryPoints {
  private(set) var chunks: [HistoryChunk] = []
  private let request: HistoryRequest
  private let runCount: Int
  private let keyCount: Int
  private let control: RunControl

  init(_ request: HistoryRequest, runCount: Int, keyCount: Int, control: RunControl) {
    self.request = request
    self.runCount = runCount
    self.keyCount = keyCount
    self.control = control
  }

  /// Large enough that the allocator gives a freed chunk back to the system.
  private static let rowsPerChunk = 1 << 17

  /// Appends a point, `line` of those of its run and key.
  func append(_ point: MetricPoint, run: Int, key: Int, line: Int) throws(ImportError) {
    let chunk = try chunkWithRoom()
    let row = chunk.count
    let buffers = chunk.buffers
    buffers.runs?.pointer.set(row, run)
    buffers.keys?.pointer.set(row, key)
    buffers.values?.base[row] = point.value
    buffers.times?.base[row] = point.timestamp
    if buffers.steps != nil { chunk.setStep(row, point.step) }
    // Runs, then keys, then lines, which stay in order however many they are.
    buffers.positions?.base[row] = run << 40 | min(key, 0xFFFF) << 24 | min(line, 0xFF_FFFF)
    chunk.count = row + 1
  }

  private func chunkWithRoom() throws(ImportError) -> HistoryChunk {
    if let last = chunks.last, !last.isFull { return last }
    try control.checkImport()
    let chunk = HistoryChunk(
      HistoryBuffers(
        capacity: HistoryPoints.rowsPerChunk, request.columns, runCount: runCount,
        keyCount: keyCount, wantsPositions: request.wantsPositions))
    chunks.append(chunk)
    return chunk
  }
}
