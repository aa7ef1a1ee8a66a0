import PlumbColumns

/// The least or greatest double of each group, NaN ignored.
///
/// The loops are one comparison and one choice a row, without a branch, so that rising and
/// falling values cost the same. They begin with an infinity, which cannot be told from values
/// that are that infinity; groups with such values are marked apart, as they are rare.
final class FloatExtremeAccumulator: Accumulator {
  private enum Least: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout Double) {
      state = value < state ? value : state
    }

    @inline(__always)
    static func addRun(_ values: UnsafePointer<Double>, _ count: Int, to state: inout Double) {
      var least0 = SIMD2<Double>(repeating: state)
      var least1 = least0
      var row = 0
      while row &+ 4 <= count {
        let first = SIMD2(values[row], values[row &+ 1])
        let second = SIMD2(values[row &+ 2], values[row &+ 3])
        least0.replace(with: first, where: first .< least0)
        least1.replace(with: second, where: second .< least1)
        row &+= 4
      }
      least0.replace(with: least1, where: least1 .< least0)
      add(least0[0], to: &state)
      add(least0[1], to: &state)
      while row < count {
        add(values[row], to: &state)
        row &+= 1
      }
    }
  }

  private enum Greatest: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout Double) {
      state = value > state ? value : state
    }

    @inline(__always)
    static func addRun(_ values: UnsafePointer<Double>, _ count: Int, to state: inout Double) {
      var greatest0 = SIMD2<Double>(repeating: state)
      var greatest1 = greatest0
      var row = 0
      while row &+ 4 <= count {
        let first = SIMD2(values[row], values[row &+ 1])
        let second = SIMD2(values[row &+ 2], values[row &+ 3])
        greatest0.replace(with: first, where: first .> greatest0)
        greatest1.replace(with: second, where: second .> greatest1)
        row &+= 4
      }
      greatest0.replace(with: greatest1, where: greatest1 .> greatest0)
      add(greatest0[0], to: &state)
      add(greatest0[1], to: &state)
      while row < count {
        add(values[row], to: &state)
        row &+= 1
      }
    }
  }

  private let isMax: Bool
  /// What a group begins with: the infinity that every number beats.
  private let start: Double
  private var states: GroupStates<Double>
  /// 1 for groups that have a value equal to `start`.
  private var hasStart = GroupStates<UInt8>(empty: 0)

  init(isMax: Bool) {
    self.isMax = isMax
    start = isMax ? -.infinity : .infinity
    states = GroupStates(empty: start)
  }

  var readsPresence: Bool { true }

  func resize(groupCount: Int) {
    states.resize(groupCount)
    hasStart.resize(groupCount)
  }

  func update(_ input: AccumulatorInput) {
    if isMax {
      input.foldFloats(Greatest.self, into: states.base)
    } else {
      input.foldFloats(Least.self, into: states.base)
    }
    let values = input.columns[0].doubles()
    markStart(values.pointer, input)
    withExtendedLifetime(values) {}
  }

  private func markStart(_ values: UnsafePointer<Double>, _ input: AccumulatorInput) {
    guard hasValue(start, values, input.count) else { return }
    for row in 0..<input.count where values[row] == start && input.present?[row] ?? true {
      hasStart[input.groups.map { Int($0[row]) } ?? 0] = 1
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? FloatExtremeAccumulator else { return }
    if isMax {
      states.merge(other.states, groups: groups) { Greatest.add($1, to: &$0) }
    } else {
      states.merge(other.states, groups: groups) { Least.add($1, to: &$0) }
    }
    hasStart.merge(other.hasStart, groups: groups) { $0 |= $1 }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .floats(groupCount) {
      states[$0] == start && hasStart[$0] == 0 ? nil : states[$0]
    }
  }
}

/// Whether one of the values is equal to `value`.
private func hasValue(_ value: Double, _ values: UnsafePointer<Double>, _ count: Int) -> Bool {
  let sought = SIMD4<Double>(repeating: value)
  var found = SIMDMask<SIMD4<Int64>>(repeating: false)
  var row = 0
  while row &+ 4 <= count {
    let four = SIMD4(values[row], values[row &+ 1], values[row &+ 2], values[row &+ 3])
    found .|= four .== sought
    row &+= 4
  }
  while row < count {
    if values[row] == value { return true }
    row &+= 1
  }
  return any(found)
}
