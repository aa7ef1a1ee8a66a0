import PlumbColumns
import PlumbStatistics

extension AggregateFunction {
  static let approxCountDistinct = AggregateFunction(
    "approx_count_distinct",
    summary: "About the number of different values, in little memory.",
    details: """
      By a HyperLogLog of 4096 registers: within about 1.6 % in two cases of three. \
      `count_distinct` is exact. Nulls do not count; all NaN are one value. Over nothing 0.
      """,
    overloads: [
      Overload([Parameter("x", .any)], result: .always(.int)) { _ in
        ApproximateCountDistinctAccumulator()
      }
    ],
    examples: [
      Example(
        "table([{x: \"a\"}, {x: \"b\"}, {x: \"a\"}]) | summarize approx_count_distinct(x)", "2"),
      Example("table([{x: 1}, {x: null}]) | summarize approx_count_distinct(x)", "1"),
      Example("table([{x: nan}, {x: nan}]) | summarize approx_count_distinct(x)", "1"),
      Example("table([{x: 1}]) | where x > 1 | summarize approx_count_distinct(x)", "0"),
      Example(
        "table([{x: 1}]) | summarize approx_count_distinct()",
        "error: `approx_count_distinct` needs `x`"),
    ])
}

/// A HyperLogLog sketch for each group: few registers as a list, many as a table.
final class ApproximateCountDistinctAccumulator: Accumulator {
  private var sketches = [RegisterSketch()]
  private let hasher = ValueHasher()

  func resize(groupCount: Int) {
    guard groupCount > sketches.count else { return }
    sketches += Array(repeating: RegisterSketch(), count: groupCount - sketches.count)
  }

  func update(_ input: AccumulatorInput) {
    guard input.count > 0 else { return }
    let hashes = hasher.hashes(of: input.columns[0])
    for row in 0..<input.count {
      sketches[input.groups.map { Int($0[row]) } ?? 0].add(hashes[row])
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) {
    guard let other = other as? ApproximateCountDistinctAccumulator, let last = groups.max()
    else { return }
    resize(groupCount: Int(last) + 1)
    for (source, target) in groups.enumerated() where source < other.sketches.count {
      sketches[Int(target)].merge(other.sketches[source])
    }
  }

  func finish(groupCount: Int) -> Column {
    resize(groupCount: groupCount)
    return .integers(groupCount, type: .int) { Int(sketches[$0].estimate.rounded()) }
  }
}

/// The registers of one group.
struct RegisterSketch {
  private static let indexBits = 12
  private static let rankBits = 64 - indexBits
  /// Above this number of entries the table takes less time, and not much more memory.
  private static let mostListed = 64

  /// Registers that are set, as index and rank, while they are few.
  private var listed: [(index: UInt16, rank: UInt8)] = []
  /// All registers, once they are many.
  private var table: [UInt8] = []

  mutating func add(_ hash: UInt64) {
    let index = UInt16(truncatingIfNeeded: hash >> UInt64(Self.rankBits))
    let rest = hash << UInt64(Self.indexBits)
    let rank = UInt8(Swift.min(rest.leadingZeroBitCount, Self.rankBits) + 1)
    set(index, rank)
  }

  private mutating func set(_ index: UInt16, _ rank: UInt8) {
    if !table.isEmpty {
      if table[Int(index)] < rank { table[Int(index)] = rank }
      return
    }
    if let known = listed.firstIndex(where: { $0.index == index }) {
      if listed[known].rank < rank { listed[known].rank = rank }
      return
    }
    listed.append((index, rank))
    guard listed.count > Self.mostListed else { return }
    table = [UInt8](repeating: 0, count: 1 << Self.indexBits)
    for entry in listed { table[Int(entry.index)] = entry.rank }
    listed = []
  }

  mutating func merge(_ other: RegisterSketch) {
    for entry in other.listed { set(entry.index, entry.rank) }
    for (index, rank) in other.table.enumerated() where rank > 0 { set(UInt16(index), rank) }
  }

  var estimate: Double {
    if table.isEmpty, listed.isEmpty { return 0 }
    var registers = table
    if registers.isEmpty {
      registers = [UInt8](repeating: 0, count: 1 << Self.indexBits)
      for entry in listed { registers[Int(entry.index)] = entry.rank }
    }
    return registers.withUnsafeBufferPointer {
      hyperLogLogEstimate($0, rankBits: Self.rankBits)
    }
  }
}
