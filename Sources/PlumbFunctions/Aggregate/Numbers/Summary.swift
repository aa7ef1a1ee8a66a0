import PlumbColumns
import PlumbStatistics

/// The state of a group in a summary: as much as its aggregates ask for.
protocol NumberSummary: BitwiseCopyable, FloatFold where State == Self {
  init()
  mutating func add(_ value: Double)
  mutating func addRun(_ values: UnsafePointer<Double>, _ count: Int)
  mutating func merge(_ other: Self)
  /// Folds a batch. Each state does so itself, so that its loops are of its own type.
  static func fold(_ input: AccumulatorInput, into states: UnsafeMutablePointer<Self>)
  var count: Int { get }
  var exactSum: ExactSum { get }
  /// Absent where the summary has no squares.
  var moments: Moments? { get }
  /// Absent where the summary has none.
  var extremes: Extremes? { get }
}

extension NumberSummary {
  @inline(__always)
  static func add(_ value: Double, to state: inout Self) { state.add(value) }

  @inline(__always)
  static func addRun(_ values: UnsafePointer<Double>, _ count: Int, to state: inout Self) {
    state.addRun(values, count)
  }
}

extension CountedSum: NumberSummary {
  static func fold(_ input: AccumulatorInput, into states: UnsafeMutablePointer<CountedSum>) {
    input.foldFloats(CountedSum.self, into: states)
  }

  @inline(__always)
  mutating func addRun(_ values: UnsafePointer<Double>, _ count: Int) {
    sum.add(values, count: count)
    self.count &+= count
  }

  var exactSum: ExactSum { sum }
  var moments: Moments? { nil }
  var extremes: Extremes? { nil }
}

extension Moments: NumberSummary {
  static func fold(_ input: AccumulatorInput, into states: UnsafeMutablePointer<Moments>) {
    input.foldFloats(Moments.self, into: states)
  }

  @inline(__always)
  mutating func addRun(_ values: UnsafePointer<Double>, _ count: Int) {
    add(values, count: count)
  }

  var exactSum: ExactSum { sum }
  var moments: Moments? { self }
  var extremes: Extremes? { nil }
}

/// The least and the greatest number, NaN ignored, and how many numbers there were.
struct Extremes: BitwiseCopyable {
  private var numberCount = 0
  private var least = Double.infinity
  private var greatest = -Double.infinity

  @inline(__always)
  mutating func add(_ value: Double) {
    numberCount &+= value == value ? 1 : 0
    least = value < least ? value : least
    greatest = value > greatest ? value : greatest
  }

  @inline(__always)
  mutating func addRun(_ values: UnsafePointer<Double>, _ count: Int) {
    var local = self
    var row = 0
    if count >= 32 {
      var (numbers0, numbers1) = (SIMD4<Int64>.zero, SIMD4<Int64>.zero)
      var (least0, greatest0) = (SIMD4(repeating: least), SIMD4(repeating: greatest))
      var (least1, greatest1) = (least0, greatest0)
      while row &+ 8 <= count {
        let first = four(values + row)
        let second = four(values + (row &+ 4))
        numbers0 &+= SIMD4.one.replacing(with: 0, where: first .!= first)
        numbers1 &+= SIMD4.one.replacing(with: 0, where: second .!= second)
        least0.replace(with: first, where: first .< least0)
        least1.replace(with: second, where: second .< least1)
        greatest0.replace(with: first, where: first .> greatest0)
        greatest1.replace(with: second, where: second .> greatest1)
        row &+= 8
      }
      local.numberCount &+= Int((numbers0 &+ numbers1).wrappedSum())
      for lane in 0..<4 {
        local.widen(to: least0[lane], greatest0[lane])
        local.widen(to: least1[lane], greatest1[lane])
      }
    }
    while row < count {
      local.add(values[row])
      row &+= 1
    }
    self = local
  }

  @inline(__always)
  private mutating func widen(to least: Double, _ greatest: Double) {
    self.least = least < self.least ? least : self.least
    self.greatest = greatest > self.greatest ? greatest : self.greatest
  }

  @inline(__always)
  mutating func merge(_ other: Extremes) {
    numberCount &+= other.numberCount
    widen(to: other.least, other.greatest)
  }

  /// The least number; absent when there was none.
  var min: Double? { numberCount > 0 ? least : nil }

  /// The greatest number; absent when there was none.
  var max: Double? { numberCount > 0 ? greatest : nil }
}

/// Count, sum, least and greatest.
struct SumAndExtremes: NumberSummary {
  private var counted = CountedSum()
  private var ends = Extremes()

  static func fold(_ input: AccumulatorInput, into states: UnsafeMutablePointer<SumAndExtremes>) {
    input.foldFloats(SumAndExtremes.self, into: states)
  }

  @inline(__always)
  mutating func add(_ value: Double) {
    counted.add(value)
    ends.add(value)
  }

  @inline(__always)
  mutating func addRun(_ values: UnsafePointer<Double>, _ count: Int) {
    counted.addRun(values, count)
    ends.addRun(values, count)
  }

  @inline(__always)
  mutating func merge(_ other: SumAndExtremes) {
    counted.merge(other.counted)
    ends.merge(other.ends)
  }

  var count: Int { counted.count }
  var exactSum: ExactSum { counted.sum }
  var moments: Moments? { nil }
  var extremes: Extremes? { ends }
}

/// Count, moments, least and greatest.
struct MomentsAndExtremes: NumberSummary {
  private var powers = Moments()
  private var ends = Extremes()

  static func fold(
    _ input: AccumulatorInput, into states: UnsafeMutablePointer<MomentsAndExtremes>
  ) {
    input.foldFloats(MomentsAndExtremes.self, into: states)
  }

  @inline(__always)
  mutating func add(_ value: Double) {
    powers.add(value)
    ends.add(value)
  }

  @inline(__always)
  mutating func addRun(_ values: UnsafePointer<Double>, _ count: Int) {
    powers.addRun(values, count)
    ends.addRun(values, count)
  }

  @inline(__always)
  mutating func merge(_ other: MomentsAndExtremes) {
    powers.merge(other.powers)
    ends.merge(other.ends)
  }

  var count: Int { powers.count }
  var exactSum: ExactSum { powers.sum }
  var moments: Moments? { powers }
  var extremes: Extremes? { ends }
}

/// A summary of the doubles of each group.
final class SummaryAccumulator<State: NumberSummary>: SharedAccumulator {
  private let parts: [SummaryPart]
  private var states = GroupStates(empty: State())

  init(_ parts: [SummaryPart]) { self.parts = parts }

  var readsPresence: Bool { true }

  func resize(groupCount: Int) { states.resize(groupCount) }

  func update(_ input: AccumulatorInput) { State.fold(input, into: states.base) }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? SummaryAccumulator<State> else { return }
    states.merge(other.states, groups: groups) { $0.merge($1) }
  }

  func finish(groupCount: Int) -> Column { finish(part: 0, groupCount: groupCount) }

  func finish(part: Int, groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    switch parts[part] {
    case .count: return .integers(groupCount, type: .int) { states[$0].count }
    case .sum: return .floats(groupCount) { states[$0].exactSum.value }
    case .mean: return .floats(groupCount) { mean(states[$0]) }
    case .variance: return .floats(groupCount) { states[$0].moments?.variance }
    case .standardDeviation:
      return .floats(groupCount) { states[$0].moments?.standardDeviation }
    case .min: return .floats(groupCount) { states[$0].extremes?.min }
    case .max: return .floats(groupCount) { states[$0].extremes?.max }
    }
  }

  private func mean(_ state: State) -> Double? {
    CountedSum(sum: state.exactSum, count: state.count).mean
  }
}
