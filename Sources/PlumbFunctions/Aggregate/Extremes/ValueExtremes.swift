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
    let order = value.compared(with: best[group])
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

extension Value {
  /// Negative when this value comes before the other in the order of the language, 0 when they
  /// are equal: numbers, then NaN, then null; texts by their bytes; lists element by element.
  func compared(with other: Value) -> Int {
    switch (self, other) {
    case (.null, .null): return 0
    case (.null, _): return 1
    case (_, .null): return -1
    case (.bool(let a), .bool(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.int(let a), .int(let b)), (.timestamp(let a), .timestamp(let b)),
      (.duration(let a), .duration(let b)):
      return a < b ? -1 : (a > b ? 1 : 0)
    case (.float(let a), .float(let b)):
      if a.isNaN || b.isNaN { return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) }
      return a < b ? -1 : (a > b ? 1 : 0)
    case (.string(let a), .string(let b)):
      if a.utf8.elementsEqual(b.utf8) { return 0 }
      return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    case (.list(let a, _), .list(let b, _)): return Value.compared(a, b)
    case (.record(let a), .record(let b)): return Value.compared(a.map(\.value), b.map(\.value))
    default: return 0
    }
  }

  private static func compared(_ a: [Value], _ b: [Value]) -> Int {
    for (x, y) in zip(a, b) {
      let order = x.compared(with: y)
      if order != 0 { return order }
    }
    return a.count - b.count
  }
}
