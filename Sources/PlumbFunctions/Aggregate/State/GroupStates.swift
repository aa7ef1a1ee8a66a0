import PlumbColumns

/// The states of an accumulator's groups, side by side in memory.
struct GroupStates<State: BitwiseCopyable> {
  /// The state of a group that has seen no row.
  let empty: State
  private(set) var count: Int
  private var buffer: Buffer<State>
  /// The first state; valid until the next `resize`.
  private(set) var base: UnsafeMutablePointer<State>

  /// Begins with room for one group, for input without groups.
  init(empty: State) {
    self.empty = empty
    buffer = Buffer(repeating: empty, count: 1)
    base = buffer.base
    count = 1
  }

  subscript(group: Int) -> State {
    @inline(__always) get { base[group] }
    @inline(__always) nonmutating set { base[group] = newValue }
  }

  /// Makes room for groups `0..<groupCount`, at least doubling when it has to move.
  mutating func resize(_ groupCount: Int) {
    guard groupCount > count else { return }
    if groupCount > buffer.count {
      let larger = Buffer<State>(count: max(groupCount, buffer.count * 2))
      larger.base.update(from: base, count: count)
      buffer = larger
      base = larger.base
    }
    (base + count).update(repeating: empty, count: groupCount - count)
    count = groupCount
  }

  /// Folds in the states of another worker, whose group `i` is `groups[i]` here.
  @inline(__always)
  mutating func merge(
    _ other: GroupStates, groups: [UInt32], _ combine: (inout State, State) -> Void
  ) {
    guard let last = groups.max() else { return }
    resize(Int(last) + 1)
    for (source, target) in groups.enumerated() where source < other.count {
      combine(&base[Int(target)], other.base[source])
    }
  }
}
