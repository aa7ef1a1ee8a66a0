import PlumbColumns

extension AggregateFunction {
  static let countDistinct = AggregateFunction(
    "count_distinct",
    summary: "The number of different values, exactly.",
    details: "Nulls do not count; all NaN are one value. Over nothing 0.",
    overloads: [
      Overload([Parameter("x", .any)], result: .always(.int)) { setup in
        CountDistinctAccumulator(type: setup.types[0], threadCount: setup.threadCount)
      }
    ],
    examples: [
      Example("table([{x: \"a\"}, {x: \"b\"}, {x: \"a\"}]) | summarize count_distinct(x)", "2"),
      Example("table([{x: 1}, {x: null}, {x: null}]) | summarize count_distinct(x)", "1"),
      Example("table([{x: nan}, {x: nan}, {x: 1.0}]) | summarize count_distinct(x)", "2"),
      Example("table([{x: 1}]) | where x > 1 | summarize count_distinct(x)", "0"),
      Example("table([{x: 1}]) | summarize count_distinct()", "error: `count_distinct` needs `x`"),
    ])
}

/// Counts the different values of each group.
///
/// Text codes and integers of a small range mark bytes of a table of groups by values: one store
/// a row. Where that table would be too large, and for other types, pairs of group and value go
/// through a hash table, and once there are many and most are different, are kept to be counted in
/// the end.
final class CountDistinctAccumulator: Accumulator {
  private let type: DataType
  private let coder: KeyCoder
  private var groupCount = 1
  /// The byte table, while it is in use.
  private var marks: GroupMarks?
  private var pairs = GroupKeyTable()
  private var pairCounts = GroupStates(empty: 0)
  /// The rows that have gone through the hash table.
  private var pairedRows = 0
  /// All pairs, once there are too many for the hash table.
  private var scattered: ScatteredPairs?
  private let threadCount: Int
  private static let mostHashedPairs = 1 << 17

  init(type: DataType, threadCount: Int) {
    self.type = type
    self.threadCount = threadCount
    coder = KeyCoder(type: type)
    switch type {
    case .bool, .int, .timestamp, .duration, .string: marks = GroupMarks()
    case .null, .float, .list, .record: marks = nil
    }
  }

  func resize(groupCount: Int) {
    self.groupCount = max(self.groupCount, groupCount)
    pairCounts.resize(groupCount)
  }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let column = input.columns[0].materialized()
    if marks != nil, mark(column, input) { return }
    insert(coder.keys(of: column), input.groups)
  }

  /// Marks the batch's values, or leaves the byte table for good.
  private func mark(_ column: Column, _ input: AccumulatorInput) -> Bool {
    guard let (low, high) = bounds(of: column) else { return false }
    guard marks?.cover(low, high, groupCount: groupCount) ?? false else {
      leaveMarks()
      return false
    }
    switch column.storage {
    case .int8(let values): marks?.mark(values.pointer, input.groups, input.count)
    case .int16(let values): marks?.mark(values.pointer, input.groups, input.count)
    case .int32(let values): marks?.mark(values.pointer, input.groups, input.count)
    case .int64(let values): marks?.mark(values.pointer, input.groups, input.count)
    case .bool(let values): marks?.mark(values.pointer, input.groups, input.count)
    case .text8(let codes, let dictionary): markTexts(codes.pointer, input, dictionary)
    case .text16(let codes, let dictionary): markTexts(codes.pointer, input, dictionary)
    case .text32(let codes, let dictionary): markTexts(codes.pointer, input, dictionary)
    case .float, .list, .record, .constant: break
    }
    withExtendedLifetime(column) {}
    return true
  }

  @inline(__always)
  private func markTexts<Code: FixedWidthInteger & BitwiseCopyable>(
    _ codes: UnsafePointer<Code>, _ input: AccumulatorInput, _ dictionary: TextDictionary
  ) {
    guard let map = coder.textMap(dictionary) else {
      marks?.mark(codes, input.groups, input.count)
      return
    }
    let unified = (0..<input.count).map { map[Int(truncatingIfNeeded: codes[$0])] }
    unified.withUnsafeBufferPointer { unified in
      if let base = unified.baseAddress { marks?.mark(base, input.groups, input.count) }
    }
  }

  /// Bounds of the batch's values; of all codes for text.
  private func bounds(of column: Column) -> (Int, Int)? {
    switch column.storage {
    case .bool: return (0, 1)
    case .int8: return (-128, 127)
    case .int16(let values): return integerBounds(values)
    case .int32(let values): return integerBounds(values)
    case .int64(let values): return integerBounds(values)
    case .text8(_, let dictionary), .text16(_, let dictionary), .text32(_, let dictionary):
      _ = coder.textMap(dictionary)
      return (0, max(0, coder.textCount - 1))
    case .float, .list, .record, .constant: return nil
    }
  }

  @inline(__always)
  private func integerBounds<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: Values<Integer>
  ) -> (Int, Int)? {
    guard values.count > 0 else { return nil }
    let source = values.pointer
    var low = source[0]
    var high = source[0]
    for row in 0..<values.count {
      low = Swift.min(low, source[row])
      high = Swift.max(high, source[row])
    }
    return (Int(truncatingIfNeeded: low), Int(truncatingIfNeeded: high))
  }

  /// Moves what is marked into the hash table.
  private func leaveMarks() {
    marks?.forEachMark { group, value in
      _ = pairs.number(of: UInt64(truncatingIfNeeded: value), in: UInt32(group))
    }
    marks = nil
    recount()
  }

  private func recount() {
    for group in 0..<pairCounts.count { pairCounts[group] = 0 }
    for group in pairs.entries().groups { pairCounts[Int(group)] += 1 }
  }

  private func insert(_ keys: Values<UInt64>, _ groups: UnsafePointer<UInt32>?) {
    guard scattered == nil else {
      scattered?.append(keys, groups)
      return
    }
    let source = keys.pointer
    let counts = pairCounts.base
    var table = pairs
    for row in 0..<keys.count {
      let group = groups.map { $0[row] } ?? 0
      let before = table.count
      _ = table.number(of: source[row], in: group)
      counts[Int(group)] &+= table.count &- before
    }
    pairs = table
    withExtendedLifetime(keys) {}
    pairedRows += keys.count
    if pairs.count > Self.mostHashedPairs, pairs.count * 2 > pairedRows { scatter() }
  }

  /// Keeps all pairs from now on, and those of the hash table with them.
  private func scatter() {
    guard scattered == nil else { return }
    var all = ScatteredPairs()
    let (groups, keys) = pairs.entries()
    groups.withUnsafeBufferPointer { all.append(Values(keys), $0.baseAddress) }
    scattered = all
    pairs = GroupKeyTable()
    for group in 0..<pairCounts.count { pairCounts[group] = 0 }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? CountDistinctAccumulator, let last = groups.max() else { return }
    resize(groupCount: Int(last) + 1)
    let translate = coder.translation(of: other.coder)
    if let pairs = other.scattered {
      if marks != nil { leaveMarks() }
      scatter()
      scattered?.append(pairs, groups: groups, coder.isTranslated ? translate : nil)
      return
    }
    var foundGroups: [UInt32] = []
    var foundKeys: [UInt64] = []
    if let otherMarks = other.marks {
      otherMarks.forEachMark { group, value in
        foundGroups.append(groups[group])
        foundKeys.append(translate(UInt64(truncatingIfNeeded: value)))
      }
    } else {
      let (pairGroups, pairKeys) = other.pairs.entries()
      foundGroups = pairGroups.map { groups[Int($0)] }
      foundKeys = pairKeys.map(translate)
    }
    guard !foundKeys.isEmpty else { return }
    if marks != nil {
      let values = foundKeys.map { Int(truncatingIfNeeded: $0) }
      let low = values.min() ?? 0
      let high = values.max() ?? 0
      if other.marks != nil, marks?.cover(low, high, groupCount: groupCount) ?? false {
        values.withUnsafeBufferPointer { values in
          foundGroups.withUnsafeBufferPointer { groups in
            if let base = values.baseAddress {
              marks?.mark(base, groups.baseAddress, values.count)
            }
          }
        }
        return
      }
      leaveMarks()
    }
    foundGroups.withUnsafeBufferPointer { insert(Values(foundKeys), $0.baseAddress) }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    scattered?.count(into: pairCounts.base, threadCount: threadCount)
    scattered = nil
    guard let marks else { return .integers(groupCount, type: .int) { pairCounts[$0] } }
    return .integers(groupCount, type: .int) { marks.count(of: $0) }
  }
}
