import PlumbColumns

/// The row at which an integer, time, duration or bool is extreme.
///
/// Maxima are found as minima of the complements (`~x`), which reverses the order without
/// overflow.
final class IntegerArgAccumulator: Accumulator {
  private struct Best: BitwiseCopyable {
    var key: Int
    var place: UInt64
  }

  private let isMax: Bool
  private var keeper: RowKeeper
  private var states = GroupStates(empty: Best(key: .max, place: RowKeeper.none))

  init(type: DataType, isMax: Bool) {
    self.isMax = isMax
    keeper = RowKeeper(type: type)
  }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let keys = input.columns[1].materialized()
    let start = keeper.keep(input.columns[0])
    switch keys.storage {
    case .int8(let values): fold(values.pointer, input, start)
    case .int16(let values): fold(values.pointer, input, start)
    case .int32(let values): fold(values.pointer, input, start)
    case .int64(let values): fold(values.pointer, input, start)
    case .bool(let values): fold(values.pointer, input, start)
    case .float, .text8, .text16, .text32, .list, .record, .constant: break
    }
    withExtendedLifetime(keys) {}
    if keeper.shouldCompact(groupCount: states.count) { compact() }
  }

  @inline(__always)
  private func fold<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ keys: UnsafePointer<Integer>, _ input: AccumulatorInput, _ start: UInt64
  ) {
    let base = states.base
    let flip = isMax ? -1 : 0
    guard let groups = input.groups else {
      var best = base[0]
      for row in 0..<input.count {
        let key = Int(truncatingIfNeeded: keys[row]) ^ flip
        if key < best.key || best.place == RowKeeper.none {
          best = Best(key: key, place: start &+ UInt64(truncatingIfNeeded: row))
        }
      }
      base[0] = best
      return
    }
    for row in 0..<input.count {
      let key = Int(truncatingIfNeeded: keys[row]) ^ flip
      let group = Int(groups[row])
      if key < base[group].key || base[group].place == RowKeeper.none {
        base[group] = Best(key: key, place: start &+ UInt64(truncatingIfNeeded: row))
      }
    }
  }

  private func compact() {
    let places = UnsafeMutableRawPointer(states.base)
      .advanced(by: MemoryLayout<UInt64>.size).assumingMemoryBound(to: UInt64.self)
    keeper.compact(places, stride: 2, count: states.count)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? IntegerArgAccumulator else { return }
    let shift = keeper.merge(other.keeper)
    states.merge(other.states, groups: groups) { best, later in
      guard later.place != RowKeeper.none else { return }
      if later.key < best.key || best.place == RowKeeper.none {
        best = Best(key: later.key, place: later.place &+ shift)
      }
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let wanted = Buffer<UInt64>(count: groupCount)
    for group in 0..<groupCount { wanted.base[group] = states[group].place }
    return keeper.values(at: Values(wanted))
  }
}
