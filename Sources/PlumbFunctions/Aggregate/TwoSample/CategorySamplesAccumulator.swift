import PlumbColumns
import PlumbStatistics

/// Counts how often each value occurs in both samples of each group.
final class CategorySamplesAccumulator: PartedAccumulator {
  /// One aggregate over the counts.
  struct Part {
    /// Whether rows without a value are a category of their own.
    let countsMissing: Bool
    let measure: @Sendable (CountPair) -> Double?
  }

  private struct Counts: BitwiseCopyable {
    var reference = 0
    var current = 0

    mutating func add(_ isCurrent: Bool) {
      if isCurrent { current &+= 1 } else { reference &+= 1 }
    }

    mutating func merge(_ other: Counts) {
      reference &+= other.reference
      current &+= other.current
    }
  }

  private let coder: KeyCoder
  var parts: [Part]
  private var pairs = GroupKeyTable()
  /// How often each pair of group and value occurs, by its number.
  private var counts = GroupStates(empty: Counts())
  /// The rows without a value in each group.
  private var missing = GroupStates(empty: Counts())
  private var found: [CountPair]?

  init(_ setup: AggregateSetup, _ part: Part) {
    coder = KeyCoder(type: setup.types[0])
    parts = [part]
  }

  func resize(groupCount: Int) { missing.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let column = input.columns[0]
    let keys = coder.keys(of: column)
    let isCurrent = input.columns[1].bools()
    let presence = column.presence
    var (table, counts) = (pairs, counts)
    for row in 0..<input.count {
      let group = input.groups.map { $0[row] } ?? 0
      guard presence?[row] ?? true, !isNaN(column, row, keys) else {
        missing[Int(group)].add(isCurrent[row] != 0)
        continue
      }
      let number = table.number(of: keys[row], in: group)
      if number >= counts.count { counts.resize(number + 1) }
      counts[number].add(isCurrent[row] != 0)
    }
    (pairs, self.counts) = (table, counts)
  }

  /// Whether a row holds NaN, which is no category.
  @inline(__always)
  private func isNaN(_ column: Column, _ row: Int, _ keys: Values<UInt64>) -> Bool {
    column.type == .float && keys[row] == KeyCoder.key(of: .nan)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? CategorySamplesAccumulator else { return }
    missing.merge(other.missing, groups: groups) { $0.merge($1) }
    let translate = coder.translation(of: other.coder)
    let (otherGroups, keys) = other.pairs.entries()
    for number in 0..<keys.count {
      let here = pairs.number(
        of: translate(keys[number]), in: groups[Int(otherGroups[number])])
      counts.resize(here + 1)
      counts[here].merge(other.counts[number])
    }
  }

  func finish(groupCount: Int) -> Column { finish(part: 0, groupCount: groupCount) }

  func finish(part: Int, groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let pairs = countPairs(groupCount)
    let part = parts[part]
    return .floats(groupCount) { group in
      var counts = pairs[group]
      guard !counts.isLacking else { return nil }
      if part.countsMissing {
        counts = counts.appending(
          reference: missing[group].reference, current: missing[group].current)
      }
      return part.measure(counts)
    }
  }

  /// Categories with their counts in both samples.
  struct Categories {
    var values: [Value] = []
    var counts = CountPair(reference: [], current: [])
    var missingReference = 0
    var missingCurrent = 0
  }

  /// The categories of each group in the order in which they were met. Ends the coder's use.
  func categories(_ groupCount: Int) -> [Categories] {
    resize(groupCount: groupCount)
    var result = [Categories](repeating: Categories(), count: groupCount)
    let (groups, keys) = pairs.entries()
    let values = coder.column(of: keys)
    for (number, group) in groups.enumerated() {
      result[Int(group)].values.append(values.value(at: number))
      result[Int(group)].counts.reference.append(counts[number].reference)
      result[Int(group)].counts.current.append(counts[number].current)
    }
    for group in 0..<groupCount {
      result[group].missingReference = missing[group].reference
      result[group].missingCurrent = missing[group].current
    }
    return result
  }

  private func countPairs(_ groupCount: Int) -> [CountPair] {
    if let found { return found }
    var result = [CountPair](
      repeating: CountPair(reference: [], current: []), count: groupCount)
    for (number, group) in pairs.entries().groups.enumerated() {
      result[Int(group)].reference.append(counts[number].reference)
      result[Int(group)].current.append(counts[number].current)
    }
    found = result
    return result
  }
}
