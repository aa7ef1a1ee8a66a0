import PlumbColumns
import PlumbColumnsTesting
import Testing

/// Sorting by keys is the same as a stable sort by comparing values.
@Suite struct SortTests {
  private func sorted(
    _ keys: [SortKey], _ count: Int, threadCount: Int = 1
  ) throws -> [Int] {
    let control = RunControl(threadCount: threadCount)
    let rows = try sortedRows(by: keys, count: count, control: control)
    return (0..<rows.count).map { Int(rows[$0]) }
  }

  /// The order by comparing values one by one; null and NaN last in both directions.
  private func reference(_ keys: [SortKey], _ count: Int) -> [Int] {
    let values = keys.map { $0.column.values }
    return (0..<count).sorted { a, b in
      for (index, key) in keys.enumerated() {
        let (x, y) = (values[index][a], values[index][b])
        let order = compareValues(x, y)
        if order == 0 { continue }
        let flips = key.isDescending && !x.isLast && !y.isLast
        return flips ? order > 0 : order < 0
      }
      return a < b
    }
  }

  @Test func sortsByOneKey() throws {
    var random = SeededGenerator(seed: 11)
    for type in SeededGenerator.types {
      for layout in SeededGenerator.Layout.allCases {
        for count in lengths {
          let column = random.column(type, count: count, layout: layout, hasNulls: true)
          for isDescending in [false, true] {
            let keys = [(column: column, isDescending: isDescending)]
            #expect(
              try sorted(keys, count) == reference(keys, count),
              "seed 11, \(type), \(layout), \(count) rows, descending \(isDescending)")
          }
        }
      }
    }
  }

  @Test func sortsBySeveralKeys() throws {
    var random = SeededGenerator(seed: 12)
    for round in 0..<200 {
      let count = lengths.randomElement(using: &random) ?? 0
      let keys = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        let type = SeededGenerator.types.randomElement(using: &random) ?? .int
        return (
          column: random.column(type, count: count), isDescending: Bool.random(using: &random)
        )
      }
      #expect(try sorted(keys, count) == reference(keys, count), "seed 12, round \(round)")
    }
  }

  @Test func sortsManyRows() throws {
    var random = SeededGenerator(seed: 13)
    let count = 300_000
    let wide = Column((0..<count).map { _ in Int(truncatingIfNeeded: random.next()) })
    let few = Column((0..<count).map { _ in Int.random(in: 0..<5, using: &random) })
    let close = Column((0..<count).map { _ in 1 + Double.random(in: 0..<1e-12, using: &random) })
    // An outlier makes the range wide, so that all the others share their upper bits.
    let outlier = Column(
      (0..<count).map { (row: Int) -> Double in
        let step = Double(row * 7919 % 1009)
        return row == 77 ? .infinity : 1 + step * 1e-15
      })
    for column in [wide, few, close, outlier] {
      for isDescending in [false, true] {
        let keys = [(column: column, isDescending: isDescending)]
        let rows = try sorted(keys, count)
        #expect(isSorted(rows, keys))
        #expect(try sorted(keys, count, threadCount: 3) == rows)
      }
    }
    let pair = [(column: few, isDescending: true), (column: wide, isDescending: false)]
    #expect(isSorted(try sorted(pair, count), pair))
  }

  /// Whether neighbours are in order and equal ones in their old order; for large inputs.
  private func isSorted(_ rows: [Int], _ keys: [SortKey]) -> Bool {
    guard Set(rows).count == rows.count else { return false }
    for (a, b) in zip(rows, rows.dropFirst()) {
      var order = 0
      for key in keys where order == 0 {
        order = compareValues(key.column.value(at: a), key.column.value(at: b))
        if key.isDescending { order = -order }
      }
      if order > 0 || (order == 0 && a > b) { return false }
    }
    return true
  }

  @Test func sortedAndReversedInputStays() throws {
    let up = Column(Array(0..<100_000))
    #expect(
      try sorted([(column: up, isDescending: false)], up.count) == Array(0..<up.count))
    #expect(
      try sorted([(column: up, isDescending: true)], up.count)
        == Array((0..<up.count).reversed()))
  }

  @Test func nullsOfFullRangeIntegersComeLast() throws {
    let column = Column([.int(.max), .null, .int(.min), .int(0)], type: .int)
    #expect(try sorted([(column: column, isDescending: false)], 4) == [2, 3, 0, 1])
    #expect(try sorted([(column: column, isDescending: true)], 4) == [0, 3, 2, 1])
  }

  @Test func ranksTextsByTheirBytes() {
    let starts = ["", "metrics.", "metrics.val_loss_", "\u{0}"]
    for start in starts {
      let texts = ["", "a", "a\u{0}", "abcdefgh", "abcdefghi", "abcdefgh\u{0}", "é", "b", "a"]
        .map { start + $0 }
      let order = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let expected = texts.map { UInt32(order.firstIndex(of: $0) ?? -1) }
      #expect(TextDictionary(texts).ranks == expected)
    }
    #expect(TextDictionary.empty.ranks.isEmpty)
  }

  @Test func stopsWhenCancelled() {
    let cancelled = RunControl()
    cancelled.cancel()
    let column = Column((0..<100_000).map { ($0 * 7919) % 100_003 })
    #expect(throws: RunControl.Interruption.self) {
      try sortedRows(
        by: [(column: column, isDescending: false)], count: column.count, control: cancelled)
    }
  }
}

extension Value {
  /// Null or NaN: last whatever the direction.
  fileprivate var isLast: Bool {
    switch self {
    case .null: true
    case .float(let value): value.isNaN
    default: false
    }
  }
}
