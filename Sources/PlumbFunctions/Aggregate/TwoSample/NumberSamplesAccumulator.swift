import PlumbColumns
import PlumbStatistics

/// Keeps the numbers of both samples of each group; sorts them at the end, once for all
/// aggregates that share them.
final class NumberSamplesAccumulator: PartedAccumulator {
  /// One aggregate over the samples.
  struct Part {
    let bins: Int
    /// Whether rows without a finite number are a bin of their own.
    let countsMissing: Bool
    let measure: @Sendable (TwoSampleMeasure.NumberInput) -> Double?
  }

  private let threadCount: Int
  private let areDurations: Bool
  var parts: [Part]
  private var reference = GroupChunks<Double>()
  private var current = GroupChunks<Double>()
  /// The rows without a value in each sample of each group.
  private var missing = GroupStates(empty: MissingCounts())
  private var samples: [(reference: FiniteSample, current: FiniteSample)]?

  private struct MissingCounts: BitwiseCopyable {
    var reference = 0
    var current = 0
  }

  init(_ setup: AggregateSetup, _ part: Part) {
    threadCount = setup.threadCount
    areDurations = setup.types[0] == .duration
    parts = [part]
  }

  func resize(groupCount: Int) {
    reference.resize(groupCount)
    current.resize(groupCount)
    missing.resize(groupCount)
  }

  func update(_ input: AccumulatorInput) {
    let values = input.columns[0].doubles()
    let isCurrent = input.columns[1].bools()
    let presence = input.columns[0].presence
    for row in 0..<input.count {
      let group = input.groups.map { Int($0[row]) } ?? 0
      if presence?[row] ?? true {
        if isCurrent[row] != 0 {
          current.append(values[row], to: group)
        } else {
          reference.append(values[row], to: group)
        }
      } else if isCurrent[row] != 0 {
        missing[group].current += 1
      } else {
        missing[group].reference += 1
      }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? NumberSamplesAccumulator else { return }
    reference.merge(other.reference, groups: groups)
    current.merge(other.current, groups: groups)
    missing.merge(other.missing, groups: groups) {
      $0.reference += $1.reference
      $0.current += $1.current
    }
  }

  func finish(groupCount: Int) -> Column { finish(part: 0, groupCount: groupCount) }

  func finish(part: Int, groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    let samples = sortedSamples(groupCount)
    let part = parts[part]
    return .floats(groupCount) { group in
      let (reference, current) = samples[group]
      let value = part.measure(
        TwoSampleMeasure.NumberInput(
          pair: SortedPair(reference, current), bins: part.bins,
          missing: part.countsMissing
            ? (reference.rowCount - reference.count, current.rowCount - current.count) : nil))
      return withExtendedLifetime((reference, current)) { value }
    }
  }

  /// The samples of a group.
  func samples(
    of group: Int, _ groupCount: Int
  ) -> (reference: FiniteSample, current: FiniteSample) {
    sortedSamples(groupCount)[group]
  }

  /// The samples of all groups, each sorted by one of the threads.
  private func sortedSamples(
    _ groupCount: Int
  ) -> [(reference: FiniteSample, current: FiniteSample)] {
    if let samples { return samples }
    let made = SampleSlots(groupCount * 2)
    let chunks = SampleChunks(reference: reference, current: current)
    let areDurations = areDurations
    parallelFor(threadCount: threadCount, taskCount: groupCount * 2) { task in
      let side = task % 2 == 0 ? chunks.reference : chunks.current
      let control = RunControl()
      // The control is no run's: nothing interrupts it.
      made[task] =
        (try? FiniteSample(
          FiniteNumbers(pieces: side.pieces(of: task / 2), areDurations: areDurations),
          control: control)) ?? .empty
    }
    let samples = (0..<groupCount).map { group in
      (
        reference: made[group * 2].counting(missing: missing[group].reference),
        current: made[group * 2 + 1].counting(missing: missing[group].current)
      )
    }
    self.samples = samples
    return samples
  }
}

/// Chunks that several threads read and none changes.
private struct SampleChunks: @unchecked Sendable {
  let reference: GroupChunks<Double>
  let current: GroupChunks<Double>
}

/// A place for each sample, each written by one thread and read after all are done.
private final class SampleSlots: @unchecked Sendable {
  private let places: UnsafeMutablePointer<FiniteSample>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    places = .allocate(capacity: max(1, count))
    places.initialize(repeating: .empty, count: count)
  }

  deinit {
    places.deinitialize(count: count)
    places.deallocate()
  }

  subscript(index: Int) -> FiniteSample {
    get { places[index] }
    set { places[index] = newValue }
  }
}
