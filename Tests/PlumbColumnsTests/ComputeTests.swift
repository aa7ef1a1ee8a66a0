import PlumbColumns
import PlumbColumnsTesting
import Testing

/// Lengths around the 64 rows of a bitmap word, and nothing.
let lengths = [0, 1, 7, 63, 64, 65, 130, 1000]

/// Kernels give what the same operation on values gives, in every layout.
@Suite struct ComputeTests {
  /// Runs a test on a column of each type, layout and length, with and without nulls.
  private func forEachColumn(
    seed: UInt64, _ body: (Column, inout SeededGenerator, Comment) -> Void
  ) {
    var random = SeededGenerator(seed: seed)
    for type in SeededGenerator.types {
      for layout in SeededGenerator.Layout.allCases {
        for count in lengths {
          for hasNulls in [false, true] {
            let column = random.column(type, count: count, layout: layout, hasNulls: hasNulls)
            body(column, &random, "seed \(seed), \(type), \(layout), \(count) rows")
          }
        }
      }
    }
  }

  @Test func gathersRows() {
    forEachColumn(seed: 1) { column, random, comment in
      guard column.count > 0 else { return }
      let rows = (0..<Int.random(in: 0...150, using: &random)).map { _ in
        UInt32.random(in: 0..<UInt32(column.count), using: &random)
      }
      let gathered = column.gathered(Values(rows))
      #expect(gathered.count == rows.count, comment)
      #expect(identical(gathered.values, rows.map { column.value(at: Int($0)) }), comment)
    }
  }

  @Test func gathersMissingRowsAsNulls() {
    forEachColumn(seed: 2) { column, random, comment in
      let rows = (0..<Int.random(in: 0...150, using: &random)).map { _ in
        column.count == 0 || random.once(in: 4)
          ? UInt32.max : UInt32.random(in: 0..<UInt32(column.count), using: &random)
      }
      let gathered = column.gatheredOptional(Values(rows))
      let expected = rows.map { $0 == .max ? Value.null : column.value(at: Int($0)) }
      #expect(identical(gathered.values, expected), comment)
    }
  }

  @Test func compactsRowsInEveryDensity() {
    forEachColumn(seed: 4) { column, random, comment in
      for sparsity in [1, 2, 20, 40, 1000] {
        let chosen = (0..<column.count).map { _ in
          sparsity == 1 || (sparsity == 2 ? !random.once(in: 100) : random.once(in: sparsity))
        }
        // A bitmap that begins within a word.
        let bits = Bitmap([true, true, true] + chosen).slice(3, column.count)
        let compacted = column.compacted(bits, total: bits.setCount)
        let expected = zip(column.values, chosen).filter(\.1).map(\.0)
        #expect(compacted.count == expected.count, comment)
        #expect(identical(compacted.values, expected), comment)
      }
    }
  }

  @Test func packsBytesIntoBits() {
    var random = SeededGenerator(seed: 5)
    for count in lengths {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...2, using: &random) }
      let bits = Bitmap(bytes: bytes, count: count)
      #expect((0..<count).map { bits[$0] } == bytes.map { $0 != 0 }, "seed 5, \(count) bytes")
      #expect(bits.setCount == bytes.count { $0 != 0 }, "seed 5, \(count) bytes")
    }
  }

  @Test func concatenatesColumns() {
    var random = SeededGenerator(seed: 3)
    for round in 0..<400 {
      let type = SeededGenerator.types[round % SeededGenerator.types.count]
      let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        random.column(type, count: lengths.randomElement(using: &random) ?? 0)
      }
      let whole = Column.concatenated(parts, type: type)
      #expect(whole.type == type)
      #expect(
        identical(whole.values, parts.flatMap(\.values)), "seed 3, round \(round), \(type)")
    }
  }

  @Test func concatenationKeepsNarrowLayoutsAndDictionaries() {
    let numbers = Column.concatenated([Column([1, 2], type: .int), narrow([3])], type: .int)
    guard case .int64 = numbers.storage else {
      Issue.record("a wide part makes the whole wide")
      return
    }
    guard case .int16 = Column.concatenated([narrow([3]), narrow([300])], type: .int).storage
    else {
      Issue.record("two bytes are enough for 300")
      return
    }
    let texts = Column(["a", "b", "a"])
    let both = Column.concatenated([texts.slice(1, 2), texts], type: .string)
    #expect(both.codes().dictionary === texts.codes().dictionary)
    let constant = Column(constant: .int(4), type: .int, count: 3)
    #expect(Column.concatenated([constant, constant], type: .int).constantValue == .int(4))
    let zeros = Column.concatenated(
      [
        Column(constant: .float(0), type: .float, count: 1),
        Column(constant: .float(-0.0), type: .float, count: 1),
      ], type: .float)
    #expect(zeros.doubles()[1].sign == .minus)
  }

  @Test func concatenatesNullsWithoutAType() {
    let parts = [Column.nulls(.null, count: 2), Column(["a"]), .nulls(.null, count: 1)]
    let whole = Column.concatenated(parts, type: .string)
    #expect(whole.values == [.null, .null, .string("a"), .null])
    let lists = Column.concatenated(
      [.nulls(.null, count: 1), Column([.list([.int(1)], element: .int)], type: .list(.int))],
      type: .list(.int))
    #expect(lists.values == [.null, .list([.int(1)], element: .int)])
  }

  @Test func internsTexts() {
    forEachColumn(seed: 4) { column, _, comment in
      let interned = column.interned()
      #expect(identical(interned.values, column.values), comment)
      guard case .string = column.type, column.constantValue == nil else { return }
      let dictionary = interned.codes().dictionary
      #expect(dictionary.isUnique, comment)
      #expect(Set((0..<dictionary.count).map { dictionary[$0] }).count == dictionary.count)
    }
    let large = Column((0..<5000).map { "t\($0)" })
    #expect(large.slice(7, 10).interned().codes().dictionary.count == 10)
  }

  @Test func selectsRows() {
    forEachColumn(seed: 5) { column, _, comment in
      guard column.type == .bool else { return }
      let (rows, nullCount) = selectedRows(column, base: 100)
      let expected = column.values.indices.filter { column.value(at: $0) == .bool(true) }
      #expect((0..<rows.count).map { Int(rows[$0]) - 100 } == expected, comment)
      #expect(nullCount == column.nullCount, comment)
      #expect(trueCount(column) == expected.count, comment)
    }
  }

  @Test func equalRowsHaveEqualHashesInAllLayouts() {
    forEachColumn(seed: 6) { column, random, comment in
      let plain = Column(column.values, type: column.type)
      let a = hashRows([column], count: column.count)
      let b = hashRows([plain], count: plain.count)
      #expect((0..<a.count).map { a[$0] } == (0..<b.count).map { b[$0] }, comment)
      for _ in 0..<min(30, column.count) {
        let (i, j) = (
          Int.random(in: 0..<column.count, using: &random),
          Int.random(in: 0..<column.count, using: &random)
        )
        let areEqual = column.value(at: i) == column.value(at: j)
        #expect(rowsEqual([column], i, [plain], j) == areEqual, comment)
        if areEqual { #expect(a[i] == b[j], comment) }
      }
    }
  }

  @Test func hashesAndEqualityTakeZerosAndNaNAsOne() {
    let column = Column([0.0, -0.0, .nan, -.nan])
    let hashes = hashRows([column], count: 4)
    #expect(hashes[0] == hashes[1])
    #expect(hashes[2] == hashes[3])
    #expect(rowsEqual([column], 0, [column], 1))
    #expect(rowsEqual([column], 2, [column], 3))
    #expect(!valuesEqual(column, 2, column, 3, nanEqual: false))
  }

  private func narrow(_ values: [Int]) -> Column { Column(values.map(Value.int), type: .int) }
}

/// Whether two runs of values are the same to the bit, NaN included.
func identical(_ a: [Value], _ b: [Value]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { identical($0, $1) }
}

private func identical(_ a: Value, _ b: Value) -> Bool {
  switch (a, b) {
  case (.float(let x), .float(let y)): x.bitPattern == y.bitPattern
  case (.list(let x, _), .list(let y, _)): identical(x, y)
  case (.record(let x), .record(let y)): identical(x.map(\.value), y.map(\.value))
  default: a == b && a.type == b.type
  }
}
