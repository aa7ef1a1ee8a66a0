import PlumbColumns

/// The row at which a text, list or record is extreme.
///
/// Texts of one batch are compared by their ranks, so that only each batch's best of a group is
/// compared as a value.
final class ValueArgAccumulator: Accumulator {
  private struct Best {
    var key: Value = .null
    var place: UInt64 = RowKeeper.none
  }

  private let isMax: Bool
  private var keeper: RowKeeper
  private var states = [Best()]

  init(_ types: [DataType], isMax: Bool) {
    self.isMax = isMax
    keeper = RowKeeper(type: types[0])
  }

  func resize(groupCount: Int) {
    guard groupCount > states.count else { return }
    states += Array(repeating: Best(), count: groupCount - states.count)
  }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let start = keeper.keep(input.columns[0])
    let keys = input.columns[1]
    if keys.type == .string {
      for (group, row) in bestRows(of: keys, input) {
        offer(keys.value(at: row), start + UInt64(row), group)
      }
    } else {
      for row in 0..<input.count {
        offer(keys.value(at: row), start + UInt64(row), input.groups.map { Int($0[row]) } ?? 0)
      }
    }
  }

  /// The first row of the batch with the best text of each group, by the dictionary's ranks.
  private func bestRows(of keys: Column, _ input: AccumulatorInput) -> [Int: Int] {
    let (codes, dictionary) = keys.codes()
    let ranks = dictionary.ranks
    var rows: [Int: Int] = [:]
    for row in 0..<input.count {
      let group = input.groups.map { Int($0[row]) } ?? 0
      let rank = ranks[Int(codes[row])]
      guard let best = rows[group] else {
        rows[group] = row
        continue
      }
      let bestRank = ranks[Int(codes[best])]
      if isMax ? rank > bestRank : rank < bestRank { rows[group] = row }
    }
    return rows
  }

  private func offer(_ key: Value, _ place: UInt64, _ group: Int) {
    if states[group].place != RowKeeper.none {
      let order = compareValues(key, states[group].key)
      guard isMax ? order > 0 : order < 0 else { return }
    }
    states[group] = Best(key: key, place: place)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ValueArgAccumulator, let last = groups.max() else { return }
    resize(groupCount: Int(last) + 1)
    let shift = keeper.merge(other.keeper)
    for (source, target) in groups.enumerated() where source < other.states.count {
      let later = other.states[source]
      if later.place != RowKeeper.none { offer(later.key, later.place + shift, Int(target)) }
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return keeper.values(at: Values(states.prefix(groupCount).map(\.place)))
  }
}
