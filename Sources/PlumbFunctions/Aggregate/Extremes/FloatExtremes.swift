import PlumbColumns

/// The least double of each group; NaN while there is none, as NaN itself is ignored.
final class FloatMinAccumulator: Accumulator {
  enum Least: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout Double) {
      // True for a lesser value, while there is none, and for a NaN, which must not get in.
      if !(state <= value), value == value { state = value }
    }

    @inline(__always)
    static func addRun(_ values: UnsafePointer<Double>, _ count: Int, to state: inout Double) {
      var least = SIMD4<Double>(repeating: .infinity)
      var row = 0
      while row &+ 4 <= count {
        let four = SIMD4(values[row], values[row &+ 1], values[row &+ 2], values[row &+ 3])
        least.replace(with: four, where: four .< least)
        row &+= 4
      }
      for lane in 0..<4 where least[lane] < .infinity { add(least[lane], to: &state) }
      while row < count {
        add(values[row], to: &state)
        row &+= 1
      }
      // The lanes cannot tell +∞ from nothing: only then look again.
      if state != state { for row in 0..<count { add(values[row], to: &state) } }
    }
  }

  private var states = GroupStates(empty: Double.nan)

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldFloats(Least.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? FloatMinAccumulator else { return }
    states.merge(other.states, groups: groups) { Least.add($1, to: &$0) }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .floats(groupCount) { states[$0].isNaN ? nil : states[$0] }
  }
}

/// The greatest double of each group; NaN while there is none, as NaN itself is ignored.
final class FloatMaxAccumulator: Accumulator {
  enum Greatest: FloatFold {
    @inline(__always)
    static func add(_ value: Double, to state: inout Double) {
      if !(state >= value), value == value { state = value }
    }

    @inline(__always)
    static func addRun(_ values: UnsafePointer<Double>, _ count: Int, to state: inout Double) {
      var greatest = SIMD4<Double>(repeating: -.infinity)
      var row = 0
      while row &+ 4 <= count {
        let four = SIMD4(values[row], values[row &+ 1], values[row &+ 2], values[row &+ 3])
        greatest.replace(with: four, where: four .> greatest)
        row &+= 4
      }
      for lane in 0..<4 where greatest[lane] > -.infinity { add(greatest[lane], to: &state) }
      while row < count {
        add(values[row], to: &state)
        row &+= 1
      }
      // The lanes cannot tell −∞ from nothing: only then look again.
      if state != state { for row in 0..<count { add(values[row], to: &state) } }
    }
  }

  private var states = GroupStates(empty: Double.nan)

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldFloats(Greatest.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? FloatMaxAccumulator else { return }
    states.merge(other.states, groups: groups) { Greatest.add($1, to: &$0) }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .floats(groupCount) { states[$0].isNaN ? nil : states[$0] }
  }
}
