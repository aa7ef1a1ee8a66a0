import PlumbColumns

/// The least or greatest list or record of each group. Row by row: such columns are short.
final class ValueExtremeAccumulator: Accumulator {
  private let type: DataType
  private let isMax: Bool
  private var best: [Value] = [.null]

  init(type: DataType, isMax: Bool) {
    self.type = type
    self.isMax = isMax
  }

  func resize(groupCount: Int) {
    guard groupCount > best.count else { return }
    best += Array(repeating: .null, count: groupCount - best.count)
  }

  func update(_ input: AccumulatorInput) {
    for row in 0..<input.count {
      offer(input.columns[0].value(at: row), input.groups.map { Int($0[row]) } ?? 0)
    }
  }

  private func offer(_ value: Value, _ group: Int) {
    if value.isNull { return }
    let order = compareValues(value, best[group])
    if best[group].isNull || (isMax ? order > 0 : order < 0) { best[group] = value }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ValueExtremeAccumulator, let last = groups.max() else { return }
    resize(groupCount: Int(last) + 1)
    for (source, target) in groups.enumerated() where source < other.best.count {
      offer(other.best[source], Int(target))
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return Column(Array(best.prefix(groupCount)), type: type)
  }
}
