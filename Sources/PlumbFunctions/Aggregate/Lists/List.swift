import PlumbColumns

extension AggregateFunction {
  static let list = AggregateFunction(
    "list",
    summary: "All values, as a list in the order of the rows.",
    details: "Nulls are left out. Over nothing null.",
    overloads: [
      Overload([Parameter("x", .any)], result: .listOf(0)) { setup in
        ListAccumulator(type: setup.types[0])
      }
    ],
    examples: [
      Example("table([{x: 3}, {x: 1}, {x: 3}]) | summarize list(x)", "[3,1,3]"),
      Example("table([{x: 1}, {x: null}]) | summarize list(x)", "[1]"),
      Example("table([{x: nan}, {x: 0.5}]) | summarize list(x)", #"["NaN",0.5]"#),
      Example("table([{x: 1}]) | where x > 1 | summarize list(x)", "null"),
      Example("table([{x: 1}]) | summarize list()", "error: `list` needs `x`"),
    ])
}

/// Remembers the rows of each group.
final class ListAccumulator: Accumulator {
  private let type: DataType
  private var keeper: RowKeeper
  private var places = GroupChunks<UInt64>()

  init(type: DataType) {
    self.type = type
    keeper = RowKeeper(type: type)
  }

  func resize(groupCount: Int) { places.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    places.appendPlaces(from: keeper.keep(input.columns[0]), input.groups, input.count)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ListAccumulator, let last = groups.max() else { return }
    places.resize(Int(last) + 1)
    let shift = keeper.merge(other.keeper)
    for (source, target) in groups.enumerated() where source < other.places.groupCount {
      for piece in other.places.pieces(of: source) {
        for place in piece { places.append(place &+ shift, to: Int(target)) }
      }
    }
  }

  func finish(groupCount: Int) -> Column {
    places.resize(groupCount)
    let offsets = Buffer<Int>(count: groupCount + 1)
    offsets.base[0] = 0
    var validity = RowValidity(count: groupCount)
    for group in 0..<groupCount {
      let count = places.count(of: group)
      offsets.base[group + 1] = offsets.base[group] + count
      validity.set(group, count > 0)
    }
    let all = Buffer<UInt64>(count: offsets.base[groupCount])
    var filled = 0
    for group in 0..<groupCount {
      for piece in places.pieces(of: group) {
        guard let source = piece.baseAddress else { continue }
        (all.base + filled).update(from: source, count: piece.count)
        filled += piece.count
      }
    }
    return Column(
      type: .list(type), count: groupCount,
      storage: .list(offsets: Values(offsets), elements: keeper.values(at: Values(all))),
      validity: validity.finish())
  }
}

extension GroupChunks where Element == UInt64 {
  /// Appends consecutive places to the groups of their rows.
  fileprivate mutating func appendPlaces(
    from first: UInt64, _ groups: UnsafePointer<UInt32>?, _ count: Int
  ) {
    for row in 0..<count {
      append(first &+ UInt64(truncatingIfNeeded: row), to: groups.map { Int($0[row]) } ?? 0)
    }
  }
}
