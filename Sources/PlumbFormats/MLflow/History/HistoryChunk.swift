import PlumbColumns

/// Rows of the metric history while they are read, in memory laid out before the first row.
///
/// One reader fills a chunk; after that it is only read, and its buffers are freed one by one as
/// the columns of the whole are put together. So the peak is the chunks and one column.
final class HistoryChunk: @unchecked Sendable {
  let capacity: Int
  var count = 0
  var runs: Buffer<UInt32>?
  var keys: Buffer<UInt32>?
  var values: Buffer<Double>?
  /// Steps fit in 32 bits but for a few odd stores; these use `wideSteps` from the chunk's start.
  var steps: Buffer<Int32>?
  var wideSteps: Buffer<Int>?
  var times: Buffer<Int>?
  var positions: Buffer<Int>?

  init(capacity: Int, _ columns: HistoryColumns, wantsPositions: Bool) {
    self.capacity = capacity
    if columns.contains(.run) { runs = Buffer(count: capacity) }
    if columns.contains(.key) { keys = Buffer(count: capacity) }
    if columns.contains(.value) { values = Buffer(count: capacity) }
    if columns.contains(.step) { steps = Buffer(count: capacity) }
    if columns.contains(.timestamp) { times = Buffer(count: capacity) }
    if wantsPositions { positions = Buffer(count: capacity) }
  }

  var isFull: Bool { count == capacity }

  /// Moves the steps so far into 64 bits.
  func widenSteps() {
    guard let narrow = steps, wideSteps == nil else { return }
    let wide = Buffer<Int>(count: capacity)
    for row in 0..<count { wide.base[row] = Int(narrow.base[row]) }
    wideSteps = wide
    steps = nil
  }
}

/// Puts the chunks of a read together into columns.
struct HistoryAssembly {
  let chunks: [HistoryChunk]
  let runTexts: TextDictionary
  let keyTexts: TextDictionary
  private let count: Int

  init(_ chunks: [HistoryChunk], runTexts: TextDictionary, keyTexts: TextDictionary) {
    self.chunks = chunks
    self.runTexts = runTexts
    self.keyTexts = keyTexts
    count = chunks.reduce(0) { $0 + $1.count }
  }

  /// The columns, largest first so that its chunks are freed first. Frees the chunks' buffers.
  ///
  /// Sorts rows by position if positions were read: reads through an index come in its order.
  consuming func rows(_ wanted: HistoryColumns) -> HistoryRows {
    var order: Buffer<UInt32>?
    var positions: Values<Int>?
    if chunks.contains(where: { $0.positions != nil }) {
      let stored: Buffer<Int> = joined { chunk in
        defer { chunk.positions = nil }
        return chunk.positions
      }
      order = ascendingOrder(Values(stored))
      positions = permuted(stored, order)
    }
    var columns: [String: Column] = [:]
    if wanted.contains(.timestamp) {
      let times: Buffer<Int> = joined { chunk in
        defer { chunk.times = nil }
        return chunk.times
      }
      columns["timestamp"] = Column(
        type: .timestamp, count: count, storage: .int64(permuted(times, order)))
    }
    if wanted.contains(.value) {
      let values: Buffer<Double> = joined { chunk in
        defer { chunk.values = nil }
        return chunk.values
      }
      columns["value"] = Column(
        type: .float, count: count, storage: .float(permuted(values, order)))
    }
    if wanted.contains(.step) {
      columns["step"] = Column(type: .int, count: count, storage: steps(order))
    }
    if wanted.contains(.run) {
      let codes: Buffer<UInt32> = joined { chunk in
        defer { chunk.runs = nil }
        return chunk.runs
      }
      columns["run_id"] = text(permuted(codes, order), runTexts)
    }
    if wanted.contains(.key) {
      let codes: Buffer<UInt32> = joined { chunk in
        defer { chunk.keys = nil }
        return chunk.keys
      }
      columns["key"] = text(permuted(codes, order), keyTexts)
    }
    return HistoryRows(count: count, columns: columns, positions: positions)
  }

  private func text(_ codes: Values<UInt32>, _ texts: TextDictionary) -> Column {
    Column(type: .string, count: count, storage: .text(codes, texts))
  }

  private func steps(_ order: Buffer<UInt32>?) -> Column.Storage {
    if chunks.contains(where: { $0.wideSteps != nil }) {
      for chunk in chunks { chunk.widenSteps() }
      let steps: Buffer<Int> = joined { chunk in
        defer { chunk.wideSteps = nil }
        return chunk.wideSteps
      }
      return .narrowed(permuted(steps, order))
    }
    let steps: Buffer<Int32> = joined { chunk in
      defer { chunk.steps = nil }
      return chunk.steps
    }
    return narrowedSteps(permuted(steps, order))
  }

  private func joined<Element: BitwiseCopyable>(
    _ take: (HistoryChunk) -> Buffer<Element>?
  ) -> Buffer<Element> {
    let whole = Buffer<Element>(count: count)
    var row = 0
    for chunk in chunks {
      if let part = take(chunk) {
        (whole.base + row).update(from: part.base, count: chunk.count)
      }
      row += chunk.count
    }
    return whole
  }
}

/// Steps of 32 bits in fewer, where they fit.
private func narrowedSteps(_ steps: Values<Int32>) -> Column.Storage {
  var least: Int32 = 0
  var greatest: Int32 = 0
  let source = steps.pointer
  for row in 0..<steps.count {
    least = min(least, source[row])
    greatest = max(greatest, source[row])
  }
  if least >= Int32(Int8.min), greatest <= Int32(Int8.max) {
    let narrow = Buffer<Int8>(count: steps.count)
    for row in 0..<steps.count { narrow.base[row] = Int8(truncatingIfNeeded: source[row]) }
    return .int8(Values(narrow))
  }
  if least >= Int32(Int16.min), greatest <= Int32(Int16.max) {
    let narrow = Buffer<Int16>(count: steps.count)
    for row in 0..<steps.count { narrow.base[row] = Int16(truncatingIfNeeded: source[row]) }
    return .int16(Values(narrow))
  }
  return .int32(steps)
}
