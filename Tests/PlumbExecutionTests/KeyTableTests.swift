import PlumbColumns
import PlumbColumnsTesting
import Synchronization
import Testing

@testable import PlumbExecution

/// Keys of every type and layout are numbered as a dictionary of values would number them.
@Suite struct KeyTableTests {
  @Test(arguments: propertySeeds(8))
  func numbersInOrderOfFirstAppearance(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for round in 0..<150 {
      let types = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        SeededGenerator.types.randomElement(using: &random) ?? .int
      }
      let comment: Comment = "seed \(seed), round \(round), \(types)"
      let table = KeyTable(
        types: types, expectedRows: [0, 100, 1_000_000].randomElement(using: &random) ?? 0)
      var reference = ReferenceKeys()
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let batch = randomKeys(types, &random)
        #expect(insert(batch, into: table) == reference.insert(batch), comment)
        #expect(table.count == reference.keys.count, comment)
      }
      // What is found later: keys that are there, and keys that are not.
      let other = randomKeys(types, &random)
      let merged = KeyTable(types: types, expectedRows: 10)
      _ = insert(other, into: merged)
      var otherReference = ReferenceKeys()
      _ = otherReference.insert(other)
      let map = table.merge(merged)
      #expect(map.map(Int.init) == otherReference.keys.map { reference.number($0) }, comment)
      let columns = table.keyColumns()
      for (group, key) in reference.keys.enumerated() {
        #expect(columns.map { $0.value(at: group) } == key, comment)
      }
    }
  }

  @Test(arguments: propertySeeds(4))
  func findsWhatWasInserted(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for round in 0..<150 {
      let types = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        SeededGenerator.types.randomElement(using: &random) ?? .int
      }
      let table = KeyTable(types: types, expectedRows: 100)
      var reference = ReferenceKeys()
      // Null keys are not put into tables that are searched.
      let present = withoutNulls(randomKeys(types, &random))
      _ = insert(present, into: table)
      _ = reference.insert(present)
      let wanted = randomKeys(types, &random)
      let found = Buffer<UInt32>(count: wanted.count)
      table.find(wanted.columns, count: wanted.count, into: found.base)
      let expected = (0..<wanted.count).map { row -> UInt32 in
        let key = wanted.row(row)
        guard !key.contains(where: \.isNull) else { return .max }
        return reference.numbers[key].map(UInt32.init) ?? .max
      }
      #expect(
        (0..<wanted.count).map { found.base[$0] } == expected,
        "seed \(seed), round \(round), \(types)")
    }
  }

  /// Threads that look up texts of dictionaries of their own find all that are there, also those
  /// that ask first.
  @Test func threadsFindTextsOfOtherDictionaries() {
    for _ in 0..<300 {
      let table = KeyTable(types: [.string, .bool], expectedRows: 10)
      let flags = Column([true, false, true])
      for texts in [["a", "b", "c"], ["c", "d", "e"]] {
        _ = insert(Batch(columns: [Column(texts), flags], count: 3), into: table)
      }
      let wrong = Atomic<Int>(0)
      nonisolated(unsafe) let shared = table
      parallelFor(threadCount: 4, taskCount: 4) { _ in
        let groups = Buffer<UInt32>(count: 3)
        shared.find([Column(["e", "x", "a"]), flags], count: 3, into: groups.base)
        if (0..<3).map({ groups.base[$0] }) != [4, .max, 0] {
          wrong.add(1, ordering: .relaxed)
        }
      }
      #expect(wrong.load(ordering: .relaxed) == 0)
    }
  }

  @Test func growsFromAFewIntsToMany() {
    let table = KeyTable(types: [.int], expectedRows: 10)
    var expected = 0
    for step in [1, 7, 1_000, 1_000_003, 1 << 40] {
      let values = (0..<5_000).map { $0 * step }
      _ = insert(Batch(columns: [Column(values)], count: 5_000), into: table)
      expected = Set((step == 1 ? [] : Array(0..<expected)) + values).count
      #expect(table.count >= expected)
    }
    let all = Set(
      [1, 7, 1_000, 1_000_003, 1 << 40].flatMap { step in (0..<5_000).map { $0 * step } })
    #expect(table.count == all.count)
    #expect(Set(table.keyColumns()[0].values) == Set(all.map { Value.int($0) }))
  }

  /// Floats beside another key have codes until there are too many of them.
  @Test func growsFromFewFloatsToMany() {
    let table = KeyTable(types: [.int, .float], expectedRows: 10)
    var numbers: [[Value]: Int] = [:]
    for (count, distinct) in [(3_000, 50), (70_000, 60_000), (90_000, 90_000), (4_000, 100)] {
      let ints = (0..<count).map { $0 % 11 == 0 ? Value.null : .int($0 % 3) }
      let floats = (0..<count).map { row -> Value in
        switch row % 17 {
        case 0: .null
        case 1: .float(row % 2 == 0 ? .nan : -.nan)
        case 2: .float(row % 2 == 0 ? 0 : -0.0)
        default: .float(Double(row * 7 % distinct) / 10)
        }
      }
      let batch = Batch(
        columns: [Column(ints, type: .int), Column(floats, type: .float)], count: count)
      let groups = insert(batch, into: table)
      for row in 0..<count {
        var key = [ints[row], floats[row]]
        if case .float(let value) = key[1] {
          key[1] = value.isNaN ? .string("nan") : .float(value + 0)
        }
        let expected = numbers[key, default: numbers.count]
        numbers[key] = expected
        guard groups[row] == expected else {
          Issue.record("\(key) of \(distinct): \(groups[row]), not \(expected)")
          return
        }
      }
      let keys = table.keyColumns()
      let found = Buffer<UInt32>(count: table.count)
      table.find(keys, count: table.count, into: found.base)
      for group in 0..<table.count where keys.allSatisfy({ !$0.isNull(group) }) {
        #expect(found.base[group] == UInt32(group))
      }
    }
    #expect(table.count == numbers.count)
  }

  private func insert(_ batch: Batch, into table: KeyTable) -> [Int] {
    let groups = Buffer<UInt32>(count: batch.count)
    table.insert(batch.columns, count: batch.count, into: groups.base)
    return (0..<batch.count).map { Int(groups.base[$0]) }
  }

  private func randomKeys(_ types: [DataType], _ random: inout SeededGenerator) -> Batch {
    let count = [0, 1, 3, 64, 65, 200].randomElement(using: &random) ?? 0
    return Batch(
      columns: types.map { type in
        type == .int && random.once(in: 2)
          ? steps(count: count, &random) : random.column(type, count: count)
      }, count: count)
  }

  /// Ints far from each other, mostly multiples of one number above one least, and some nulls.
  private func steps(count: Int, _ random: inout SeededGenerator) -> Column {
    let length = [1, 7, 1 << 20, 3_600_000_000, 1 << 40].randomElement(using: &random) ?? 1
    let least = [0, -5, 1_700_000_000_000_000].randomElement(using: &random) ?? 0
    let isOff = random.once(in: 4)
    let values = (0..<count).map { _ -> Value in
      if random.once(in: 30) { return .null }
      let step = least + Int.random(in: -20...40, using: &random) * length
      return .int(isOff && random.once(in: 9) ? step + 1 : step)
    }
    return Column(values, type: .int)
  }

  @Test func countsInSteps() {
    let hour = 3_600_000_000
    let table = KeyTable(types: [.timestamp], expectedRows: 1_000)
    func insert(_ hours: [Int], off: Int = 0) -> [Int] {
      let column = Column(
        type: .timestamp, count: hours.count,
        storage: .int64(Values(hours.map { $0 * hour + off })))
      return self.insert(Batch(columns: [column], count: hours.count), into: table)
    }
    #expect(insert([5, 7, 5, 100]) == [0, 1, 0, 2])
    // Within the range, beyond it at both ends, and between the steps.
    #expect(insert([6, 7, 100]) == [3, 1, 2])
    #expect(insert([400, 6, -300]) == [4, 3, 5])
    #expect(insert([400, 6, -300], off: 1) == [6, 7, 8])
    #expect(insert([-300, 400, 7]) == [5, 4, 1])
    #expect(insert([1 << 20, 5]) == [9, 0])
  }

  @Test(arguments: [1, 2, 3, 10, 96, 3_600_000_000, 1 << 40, UInt64.max / 3] as [UInt64])
  func dividesMultiplesAndFindsOthersOut(_ value: UInt64) {
    let divisor = ExactDivisor(value)
    let greatest = UInt64.max / value
    for quotient in [0, 1, 2, greatest / 2, greatest] {
      #expect(divisor.quotient(quotient * value) == quotient)
      guard value > 1, quotient > 0, quotient < greatest else { continue }
      #expect(divisor.quotient(quotient * value + 1) > greatest)
      #expect(divisor.quotient(quotient * value - 1) > greatest)
    }
  }

  private func withoutNulls(_ batch: Batch) -> Batch {
    let rows = (0..<batch.count).filter { row in
      !batch.columns.contains { $0.isNull(row) }
    }
    let places = Values(rows.map { UInt32($0) })
    return Batch(columns: batch.columns.map { $0.gathered(places) }, count: rows.count)
  }
}

/// The numbers of keys, by a dictionary of values.
private struct ReferenceKeys {
  var numbers: [[Value]: Int] = [:]
  var keys: [[Value]] = []

  mutating func insert(_ batch: Batch) -> [Int] { (0..<batch.count).map { number(batch.row($0)) } }

  mutating func number(_ key: [Value]) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = keys.count
    keys.append(key)
    return keys.count - 1
  }
}

extension Batch {
  fileprivate func row(_ row: Int) -> [Value] { columns.map { $0.value(at: row) } }
}
