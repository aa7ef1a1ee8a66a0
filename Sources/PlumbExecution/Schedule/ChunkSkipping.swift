import PlumbColumns
import PlumbPlan

extension Pipeline {
  /// Leaves out the chunks of the source in which the condition can be true for no row, as far as
  /// summaries tell.
  mutating func skipChunks(
    _ condition: ResolvedExpression, control: RunControl, report: ExecutionReport?
  ) throws(ExecutionError) {
    guard ranges == [0..<source.rowCount], source.chunkCount > 1 else { return }
    var tests: [ChunkTest] = []
    condition.collectChunkTests(schema: schema, source: source, into: &tests)
    guard !tests.isEmpty else { return }
    var isKept = [Bool](repeating: true, count: source.chunkCount)
    for test in tests {
      do throws(RunControl.Interruption) {
        try control.check()
      } catch {
        throw ExecutionError(error)
      }
      let summaries = source.chunkSummaries(
        column: test.column, threadCount: control.threadCount)
      for chunk in isKept.indices where isKept[chunk] {
        // Rows for which the condition is null are counted, so they must be seen.
        let mustSee = test.givesNull && summaries[chunk].nullCount > 0
        isKept[chunk] = mustSee || test.mayHold(summaries[chunk])
      }
    }
    var kept: [Range<Int>] = []
    for chunk in isKept.indices where isKept[chunk] {
      let range = source.chunkRange(chunk)
      if let last = kept.last, last.upperBound == range.lowerBound {
        kept[kept.count - 1] = last.lowerBound..<range.upperBound
      } else {
        kept.append(range)
      }
    }
    if let scanEntry {
      report?.addChunks(scanEntry, source.chunkCount, skipped: isKept.count { !$0 })
    }
    ranges = kept
  }
}

/// A part of a condition that chunk summaries can answer.
private struct ChunkTest {
  let column: Int
  let bound: Bound
  /// Whether the test is null where the column is.
  let givesNull: Bool

  enum Bound {
    /// Some value within the closed ranges (codes, ints, times, bools).
    case integers([ClosedRange<Int>])
    case floats(ClosedRange<Double>)
    case isNull
    case never
  }

  /// Whether a chunk may have a row for which the test is true.
  func mayHold(_ summary: ChunkSummary) -> Bool {
    switch (bound, summary.range) {
    case (.never, _): return false
    case (.isNull, _): return summary.nullCount > 0
    case (_, nil): return false
    case (.integers(let wanted), .integers(let low, let high)),
      (.integers(let wanted), .codes(let low, let high)):
      return wanted.contains { $0.overlaps(low...high) }
    case (.floats(let wanted), .floats(let low, let high)):
      return wanted.overlaps(low...high)
    case (.floats(let wanted), .integers(let low, let high)):
      return wanted.overlaps(Double(low)...Double(high))
    case (.integers, .floats), (.floats, .codes): return true
    }
  }
}

extension ResolvedExpression {
  /// The parts of a condition, all of which must be true, that summaries can answer.
  fileprivate func collectChunkTests(
    schema: Schema, source: Table, into tests: inout [ChunkTest]
  ) {
    switch self {
    case .and(let parts):
      for part in parts { part.collectChunkTests(schema: schema, source: source, into: &tests) }
    case .compare(let symbol, let left, let right):
      if let value = right.literalValue, let column = left.summarizedColumn(schema, source) {
        if let bound = source.columns[column].bound(symbol, value) {
          tests.append(ChunkTest(column: column, bound: bound, givesNull: symbol.givesNull))
        }
      } else if let value = left.literalValue, let column = right.summarizedColumn(schema, source),
        let bound = source.columns[column].bound(symbol.mirrored, value)
      {
        tests.append(ChunkTest(column: column, bound: bound, givesNull: symbol.givesNull))
      }
    case .isInSet(let operand, let set):
      guard let column = operand.summarizedColumn(schema, source) else { return }
      var ranges: [ClosedRange<Int>] = []
      for value in set.values {
        switch source.columns[column].bound(.equal, value) {
        case .integers(let more): ranges += more
        case .never: continue
        case .floats, .isNull, nil: return
        }
      }
      tests.append(
        ChunkTest(
          column: column, bound: ranges.isEmpty ? .never : .integers(ranges), givesNull: false))
    case .column(_, .bool):
      if let column = summarizedColumn(schema, source) {
        tests.append(ChunkTest(column: column, bound: .integers([1...1]), givesNull: true))
      }
    case .literal, .column, .convert, .negate, .arithmetic, .not, .or, .conditional, .coalesce,
      .isInList, .isInQuery, .matches, .call, .field, .element, .list, .record, .interpolation,
      .scalarQuery, .rowFunction:
      return
    }
  }

  /// The position of the column, if the expression is one in a layout that summaries describe.
  fileprivate func summarizedColumn(_ schema: Schema, _ source: Table) -> Int? {
    var expression = self
    if case .convert(let inner, .float) = self { expression = inner }
    guard let name = expression.columnName, let index = schema.index(of: name) else { return nil }
    switch source.columns[index].storage {
    case .int8, .int16, .int32, .int64, .bool, .float: return index
    case .text8(_, let dictionary), .text16(_, let dictionary), .text32(_, let dictionary):
      return dictionary.isUnique ? index : nil
    case .list, .record, .constant: return nil
    }
  }
}

extension Column {
  /// The values of the column that can meet a comparison with a constant; nil when that is not
  /// known.
  fileprivate func bound(_ symbol: ComparisonOperator, _ value: Value) -> ChunkTest.Bound? {
    switch value {
    case .null:
      // An ordering with null is null for every row, and those are counted.
      return symbol == .equal ? .isNull : nil
    case .int(let integer), .timestamp(let integer), .duration(let integer):
      return symbol.integers(integer).map { .integers([$0]) }
    case .bool(let bool): return symbol.integers(bool ? 1 : 0).map { .integers([$0]) }
    case .float(let double):
      if double.isNaN { return symbol == .notEqual ? nil : .never }
      return symbol.floats(double).map { .floats($0) }
    case .string(let text):
      guard symbol == .equal else { return nil }
      let (_, dictionary) = slice(0, 0).codes()
      return dictionary.code(of: text).map { .integers([$0...$0]) } ?? .never
    case .list, .record: return nil
    }
  }
}

extension ComparisonOperator {
  /// Whether the comparison is null where an operand is.
  fileprivate var givesNull: Bool { self != .equal && self != .notEqual }

  fileprivate func integers(_ bound: Int) -> ClosedRange<Int>? {
    switch self {
    case .equal: bound...bound
    case .notEqual: nil
    case .less, .lessOrEqual: Int.min...bound
    case .greater, .greaterOrEqual: bound...Int.max
    }
  }

  fileprivate func floats(_ bound: Double) -> ClosedRange<Double>? {
    switch self {
    case .equal: bound...bound
    case .notEqual: nil
    case .less, .lessOrEqual: -Double.infinity...bound
    case .greater, .greaterOrEqual: bound...Double.infinity
    }
  }
}
