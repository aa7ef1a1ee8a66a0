import PlumbColumns

extension GroupChunks where Element == Double {
  /// A number (NaN possible) of each group's values, computed on several threads; null for
  /// groups without values. Times and durations are rounded to the microsecond.
  func summarized(
    _ groupCount: Int, type: DataType, threadCount: Int,
    _ summary: @Sendable ([UnsafeBufferPointer<Double>]) -> Double?
  ) -> Column {
    let results = ResultRows(groupCount: groupCount)
    let groupsPerTask = Swift.max(1, groupCount / (threadCount * 16))
    let taskCount = (groupCount + groupsPerTask - 1) / groupsPerTask
    let chunks = UncheckedChunks(chunks: self)
    parallelFor(threadCount: threadCount, taskCount: taskCount) { task in
      for group in (task * groupsPerTask)..<Swift.min((task + 1) * groupsPerTask, groupCount) {
        let pieces = chunks.chunks.pieces(of: group)
        results.set(group, pieces.isEmpty ? nil : summary(pieces))
      }
    }
    return results.column(type: type)
  }
}

/// Chunks that several threads read and none changes.
private struct UncheckedChunks: @unchecked Sendable {
  let chunks: GroupChunks<Double>
}

/// A number or nothing for each group, written by several threads, each its own groups.
private final class ResultRows: @unchecked Sendable {
  private let values: Buffer<Double>
  private let isPresent: Buffer<UInt8>

  init(groupCount: Int) {
    values = Buffer(repeating: 0, count: groupCount)
    isPresent = Buffer(repeating: 0, count: groupCount)
  }

  func set(_ group: Int, _ value: Double?) {
    guard let value else { return }
    values.base[group] = value
    isPresent.base[group] = 1
  }

  func column(type: DataType) -> Column {
    if type == .float {
      return .floats(values.count) { isPresent.base[$0] != 0 ? values.base[$0] : nil }
    }
    return .integers(values.count, type: type) {
      isPresent.base[$0] != 0 ? wholeMicroseconds(values.base[$0]) : nil
    }
  }
}
