import PlumbColumns

/// Memory for the columns of some rows of the history, in the widths that they will keep.
///
/// Readers write to parts of it that do not overlap; after that it is only read.
final class HistoryBuffers: @unchecked Sendable {
  let capacity: Int
  fileprivate(set) var runs: CodeBuffer?
  fileprivate(set) var keys: CodeBuffer?
  fileprivate(set) var values: Buffer<Double>?
  /// Steps fit in 32 bits but for a few odd stores.
  fileprivate(set) var steps: Buffer<Int32>?
  fileprivate(set) var times: Buffer<Int>?
  fileprivate(set) var positions: Buffer<Int>?

  init(
    capacity: Int, _ columns: HistoryColumns, runCount: Int, keyCount: Int, wantsPositions: Bool
  ) {
    self.capacity = capacity
    if columns.contains(.run) { runs = CodeBuffer(capacity, codeCount: runCount) }
    if columns.contains(.key) { keys = CodeBuffer(capacity, codeCount: keyCount) }
    if columns.contains(.value) { values = Buffer(count: capacity) }
    if columns.contains(.step) { steps = Buffer(count: capacity) }
    if columns.contains(.timestamp) { times = Buffer(count: capacity) }
    if wantsPositions { positions = Buffer(count: capacity) }
  }
}

/// Codes as narrow as their greatest number allows.
enum CodeBuffer {
  case narrow(Buffer<UInt8>)
  case middle(Buffer<UInt16>)
  case wide(Buffer<UInt32>)

  init(_ capacity: Int, codeCount: Int) {
    if codeCount <= 1 << 8 {
      self = .narrow(Buffer(count: capacity))
    } else if codeCount <= 1 << 16 {
      self = .middle(Buffer(count: capacity))
    } else {
      self = .wide(Buffer(count: capacity))
    }
  }

  /// Where to write codes; valid while the buffer is.
  var pointer: CodePointer {
    switch self {
    case .narrow(let codes): .narrow(codes.base)
    case .middle(let codes): .middle(codes.base)
    case .wide(let codes): .wide(codes.base)
    }
  }
}

/// The address of codes, without the reference count that a loop over rows would pay for.
enum CodePointer {
  case narrow(UnsafeMutablePointer<UInt8>)
  case middle(UnsafeMutablePointer<UInt16>)
  case wide(UnsafeMutablePointer<UInt32>)

  @inline(__always)
  func set(_ row: Int, _ code: Int) {
    switch self {
    case .narrow(let codes): codes[row] = UInt8(truncatingIfNeeded: code)
    case .middle(let codes): codes[row] = UInt16(truncatingIfNeeded: code)
    case .wide(let codes): codes[row] = UInt32(truncatingIfNeeded: code)
    }
  }
}

/// The rows that one reader has read into a part of the buffers.
final class HistoryChunk: @unchecked Sendable {
  let buffers: HistoryBuffers
  /// The first row's place in the buffers.
  let start: Int
  let capacity: Int
  var count = 0
  /// The steps from the chunk's start if one of them does not fit in 32 bits.
  private(set) var wideSteps: Buffer<Int>?

  init(_ buffers: HistoryBuffers, start: Int = 0, capacity: Int? = nil) {
    self.buffers = buffers
    self.start = start
    self.capacity = capacity ?? buffers.capacity
  }

  var isFull: Bool { count == capacity }

  /// Sets the step of the row behind those counted.
  func setStep(_ row: Int, _ step: Int) {
    if let wideSteps {
      wideSteps.base[row] = step
    } else if let narrow = Int32(exactly: step) {
      buffers.steps?.base[start + row] = narrow
    } else {
      count = row
      widenSteps().base[row] = step
    }
  }

  @discardableResult
  func widenSteps() -> Buffer<Int> {
    if let wideSteps { return wideSteps }
    let wide = Buffer<Int>(count: capacity)
    if let narrow = buffers.steps {
      for row in 0..<count { wide.base[row] = Int(narrow.base[start + row]) }
    }
    wideSteps = wide
    return wide
  }
}

/// Puts the chunks of a read together into columns.
struct HistoryAssembly {
  private let chunks: [HistoryChunk]
  private let runTexts: TextDictionary
  private let keyTexts: TextDictionary
  private let control: RunControl
  private let count: Int

  init(
    _ chunks: [HistoryChunk], runTexts: TextDictionary, keyTexts: TextDictionary,
    control: RunControl
  ) {
    self.control = control
    self.chunks = chunks.filter { $0.count > 0 }
    self.runTexts = runTexts
    self.keyTexts = keyTexts
    count = chunks.reduce(0) { $0 + $1.count }
  }

  /// The columns in the order of positions, if these were read, else in that of the chunks.
  ///
  /// Takes the buffers' memory: each is freed as soon as its column is made, so that the peak is
  /// the buffers and one column.
  func rows(_ wanted: HistoryColumns) throws(ImportError) -> HistoryRows {
    var order: Buffer<UInt32>?
    var positions: Values<Int>?
    if chunks.contains(where: { $0.buffers.positions != nil }) {
      let read = try joined({ $0.positions }, { $0.positions = nil })
      order = ascendingOrder(read)
      positions = permuted(read, order)
    }
    var columns: [String: Column] = [:]
    if wanted.contains(.timestamp) {
      let times = try joined({ $0.times }, { $0.times = nil })
      columns["timestamp"] = column(.timestamp, .int64(permuted(times, order)))
    }
    if wanted.contains(.value) {
      let values = try joined({ $0.values }, { $0.values = nil })
      columns["value"] = column(.float, .float(permuted(values, order)))
    }
    if wanted.contains(.step) { columns["step"] = column(.int, try steps(order)) }
    if wanted.contains(.run) {
      columns["run_id"] = column(
        .string, try codes({ $0.runs }, { $0.runs = nil }, runTexts, order))
    }
    if wanted.contains(.key) {
      columns["key"] = column(.string, try codes({ $0.keys }, { $0.keys = nil }, keyTexts, order))
    }
    return HistoryRows(count: count, columns: columns, positions: positions)
  }

  private func column(_ type: DataType, _ storage: Column.Storage) -> Column {
    Column(type: type, count: count, storage: storage)
  }

  private func codes(
    _ buffer: (HistoryBuffers) -> CodeBuffer?, _ free: (HistoryBuffers) -> Void,
    _ texts: TextDictionary, _ order: Buffer<UInt32>?
  ) throws(ImportError) -> Column.Storage {
    guard let first = chunks.first, let kind = buffer(first.buffers) else {
      return .text8(Values([]), texts)
    }
    switch kind {
    case .narrow:
      let codes: Values<UInt8> = try joined(
        { if case .narrow(let codes) = buffer($0) { codes } else { nil } }, free)
      return .text8(permuted(codes, order), texts)
    case .middle:
      let codes: Values<UInt16> = try joined(
        { if case .middle(let codes) = buffer($0) { codes } else { nil } }, free)
      return .text16(permuted(codes, order), texts)
    case .wide:
      let codes: Values<UInt32> = try joined(
        { if case .wide(let codes) = buffer($0) { codes } else { nil } }, free)
      return .text32(permuted(codes, order), texts)
    }
  }

  private func steps(_ order: Buffer<UInt32>?) throws(ImportError) -> Column.Storage {
    if chunks.contains(where: { $0.wideSteps != nil }) {
      let wide = Buffer<Int>(count: count)
      var row = 0
      for chunk in chunks {
        (wide.base + row).update(from: chunk.widenSteps().base, count: chunk.count)
        row += chunk.count
      }
      return .narrowed(permuted(Values(wide), order))
    }
    return narrowedSteps(permuted(try joined({ $0.steps }, { $0.steps = nil }), order))
  }

  /// The rows of all chunks one after the other: moved together within the buffers if all
  /// chunks lie in the same, else copied.
  private func joined<Element: BitwiseCopyable>(
    _ buffer: (HistoryBuffers) -> Buffer<Element>?, _ free: (HistoryBuffers) -> Void
  ) throws(ImportError) -> Values<Element> {
    guard let first = chunks.first, let shared = buffer(first.buffers) else { return Values([]) }
    let isShared = chunks.allSatisfy { $0.buffers === first.buffers }
    // Memory that is a quarter too large is not worth saving a copy.
    let isTight = shared.count - count <= shared.count / 4
    let whole = isShared && isTight ? shared : Buffer<Element>(count: count)
    var row = 0
    for chunk in chunks {
      try control.checkImport()
      if let part = buffer(chunk.buffers), whole !== part || row != chunk.start {
        (whole.base + row).update(from: part.base + chunk.start, count: chunk.count)
      }
      row += chunk.count
      if !isShared { free(chunk.buffers) }
    }
    if isShared { free(first.buffers) }
    return Values(whole, offset: 0, count: count)
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
