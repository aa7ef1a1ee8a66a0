import PlumbColumns

/// The least or greatest integer, time, duration or bool of each group.
final class IntegerExtremeAccumulator: Accumulator {
  /// The best value so far, and whether there is one. Written at every row, so that there is no
  /// branch to mispredict.
  private struct Best: BitwiseCopyable {
    var value: Int
    var isSeen: Int
  }

  private enum Least: IntegerFold {
    @inline(__always)
    static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ value: Integer, to state: inout Best
    ) {
      state.value = Swift.min(state.value, Int(truncatingIfNeeded: value))
      state.isSeen = 1
    }

    @inline(__always)
    static func addRun<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ values: UnsafePointer<Integer>, _ count: Int, to state: inout Best
    ) {
      guard count > 0 else { return }
      var least = values[0]
      for row in 1..<Swift.max(count, 1) { least = Swift.min(least, values[row]) }
      add(least, to: &state)
    }
  }

  private enum Greatest: IntegerFold {
    @inline(__always)
    static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ value: Integer, to state: inout Best
    ) {
      state.value = Swift.max(state.value, Int(truncatingIfNeeded: value))
      state.isSeen = 1
    }

    @inline(__always)
    static func addRun<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ values: UnsafePointer<Integer>, _ count: Int, to state: inout Best
    ) {
      guard count > 0 else { return }
      var greatest = values[0]
      for row in 1..<Swift.max(count, 1) { greatest = Swift.max(greatest, values[row]) }
      add(greatest, to: &state)
    }
  }

  private let type: DataType
  private let isMax: Bool
  private var states: GroupStates<Best>

  init(type: DataType, isMax: Bool) {
    self.type = type
    self.isMax = isMax
    states = GroupStates(empty: Best(value: isMax ? .min : .max, isSeen: 0))
  }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) {
    if isMax {
      input.foldIntegers(Greatest.self, into: states.base)
    } else {
      input.foldIntegers(Least.self, into: states.base)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? IntegerExtremeAccumulator else { return }
    let isMax = isMax
    states.merge(other.states, groups: groups) {
      $0.value = isMax ? Swift.max($0.value, $1.value) : Swift.min($0.value, $1.value)
      $0.isSeen |= $1.isSeen
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    if type == .null { return .nulls(.null, count: groupCount) }
    return .integers(groupCount, type: type) { states[$0].isSeen != 0 ? states[$0].value : nil }
  }
}
