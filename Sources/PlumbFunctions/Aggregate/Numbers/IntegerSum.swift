import PlumbColumns

/// An exact sum of integers and their number: `low + high · 2⁶⁴`.
struct IntegerTotal: BitwiseCopyable {
  var low = 0
  var high = 0
  var count = 0

  @inline(__always)
  mutating func add(_ value: Int) {
    let (sum, overflow) = low.addingReportingOverflow(value)
    low = sum
    if overflow { high &+= value < 0 ? -1 : 1 }
  }

  /// Takes a value out that was added before.
  @inline(__always)
  mutating func subtract(_ value: Int) {
    let (sum, overflow) = low.subtractingReportingOverflow(value)
    low = sum
    if overflow { high &+= value < 0 ? 1 : -1 }
  }

  @inline(__always)
  mutating func merge(_ other: IntegerTotal) {
    add(other.low)
    high &+= other.high
    count &+= other.count
  }

  var sum: Int128 { Int128(low) + Int128(high) << 64 }

  /// The sum as an int, if it is one.
  @inline(__always)
  func intSum() throws(FunctionError) -> Int {
    if high == 0 { return low }
    guard let sum = Int(exactly: sum) else {
      throw FunctionError("the sum does not fit a 64-bit int; use `sum(float(x))`", kind: .overflow)
    }
    return sum
  }

  /// The mean as a float; NaN over nothing.
  var mean: Double { Double(sum) / Double(count) }

  /// The mean rounded to the nearest integer, halves away from zero; nil over nothing.
  var roundedMean: Int? {
    guard count > 0 else { return nil }
    let half = Int128(count) / 2
    let shifted = sum < 0 ? sum - half : sum + half
    return Int(exactly: shifted / Int128(count))
  }
}

/// Adds integers and bools, for `sum` and `mean`.
final class IntegerSumAccumulator: Accumulator {
  /// What is made of sum and count.
  enum Result {
    /// The sum, as an int or a duration.
    case sum(DataType)
    /// The mean as a float, …
    case mean
    /// … or as a time or duration, to the microsecond.
    case roundedMean(DataType)
  }

  private enum Total: IntegerFold {
    @inline(__always)
    static func add<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ value: Integer, to state: inout IntegerTotal
    ) {
      state.add(Int(truncatingIfNeeded: value))
      state.count &+= 1
    }

    @inline(__always)
    static func addRun<Integer: FixedWidthInteger & BitwiseCopyable>(
      _ values: UnsafePointer<Integer>, _ count: Int, to state: inout IntegerTotal
    ) {
      state.count &+= count
      if Integer.bitWidth < 64, count < 1 << 31 {
        // Fewer than 2³¹ values of at most 32 bits stay within 64 bits.
        var sum = 0
        for row in 0..<count { sum &+= Int(truncatingIfNeeded: values[row]) }
        state.add(sum)
      } else {
        var local = state
        for row in 0..<count { local.add(Int(truncatingIfNeeded: values[row])) }
        state = local
      }
    }
  }

  private let result: Result
  private var states = GroupStates(empty: IntegerTotal())

  init(result: Result) { self.result = result }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { input.foldIntegers(Total.self, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? IntegerSumAccumulator else { return }
    states.merge(other.states, groups: groups) { $0.merge($1) }
  }

  func finish(groupCount: Int) throws(FunctionError) -> Column {
    resize(groupCount: groupCount)
    switch result {
    case .sum(let type):
      let sums = Buffer<Int>(count: groupCount)
      for group in 0..<groupCount { sums.base[group] = try states[group].intSum() }
      return Column(type: type, count: groupCount, storage: .int64(Values(sums)))
    case .mean:
      return .floats(groupCount) { states[$0].count > 0 ? states[$0].mean : nil }
    case .roundedMean(let type):
      return .integers(groupCount, type: type) { states[$0].roundedMean }
    }
  }
}
