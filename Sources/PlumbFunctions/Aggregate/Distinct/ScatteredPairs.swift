import PlumbColumns
import Synchronization

/// Pairs of group and key, kept as they come, parted by their hash: for pairs of which most are
/// different.
///
/// One hash table of them all would wait for memory at nearly every pair. Here each batch is put in
/// the order of the parts; in the end the pairs of each part go through a table that fits the cache,
/// the parts on several threads.
struct ScatteredPairs: Sendable {
  private static let partCount = 1 << 9

  /// The pairs of a batch in the order of their parts.
  private struct Run: @unchecked Sendable {
    let keys: Buffer<UInt64>
    let groups: Buffer<UInt32>
    /// Where each part begins, and the end.
    let starts: Buffer<UInt32>
  }

  private var runs: [Run] = []

  @inline(__always)
  private static func part(_ key: UInt64, _ group: UInt32) -> Int {
    // The table within a part goes by the lowest bits.
    Int(truncatingIfNeeded: GroupKeyTable.hash(key, group) >> 40) & (partCount - 1)
  }

  /// Takes in the pairs of a batch; without groups all are of group 0.
  mutating func append(_ keys: Values<UInt64>, _ groups: UnsafePointer<UInt32>?) {
    let count = keys.count
    guard count > 0 else { return }
    let source = keys.pointer
    let starts = Buffer<UInt32>(repeating: 0, count: Self.partCount + 1)
    let parts = Buffer<UInt16>(count: count)
    for row in 0..<count {
      let part = Self.part(source[row], groups.map { $0[row] } ?? 0)
      parts.base[row] = UInt16(truncatingIfNeeded: part)
      starts.base[part + 1] &+= 1
    }
    for part in 0..<Self.partCount { starts.base[part + 1] &+= starts.base[part] }
    let next = Buffer<UInt32>(count: Self.partCount)
    next.base.update(from: starts.base, count: Self.partCount)
    let run = Run(keys: Buffer(count: count), groups: Buffer(count: count), starts: starts)
    for row in 0..<count {
      let part = Int(parts.base[row])
      let place = Int(next.base[part])
      next.base[part] &+= 1
      run.keys.base[place] = source[row]
      run.groups.base[place] = groups.map { $0[row] } ?? 0
    }
    withExtendedLifetime(keys) {}
    runs.append(run)
  }

  /// Takes in what another has, its group `i` being `groups[i]` and its keys translated.
  mutating func append(
    _ other: ScatteredPairs, groups: [UInt32], _ translate: ((UInt64) -> UInt64)?
  ) {
    if translate == nil, groups.indices.allSatisfy({ groups[$0] == $0 }) {
      runs += other.runs
      return
    }
    for run in other.runs {
      let keys = (0..<run.keys.count).map { place in
        let key = run.keys.base[place]
        return translate?(key) ?? key
      }
      let translated = (0..<run.groups.count).map { groups[Int(run.groups.base[$0])] }
      translated.withUnsafeBufferPointer { append(Values(keys), $0.baseAddress) }
    }
  }

  /// Adds the number of different keys of each group to `counts`.
  func count(into counts: UnsafeMutablePointer<Int>, threadCount: Int) {
    let total = Total(counts: counts)
    let lock = Mutex(())
    let runs = runs
    parallelFor(threadCount: threadCount, taskCount: Self.partCount) { part in
      let pairCount = runs.reduce(0) {
        $0 + Int($1.starts.base[part + 1] - $1.starts.base[part])
      }
      guard pairCount > 0 else { return }
      var table = GroupKeyTable(capacity: pairCount)
      var found: [UInt32] = []
      for run in runs {
        for place in Int(run.starts.base[part])..<Int(run.starts.base[part + 1]) {
          let group = run.groups.base[place]
          let before = table.count
          _ = table.number(of: run.keys.base[place], in: group)
          if table.count > before { found.append(group) }
        }
      }
      lock.withLock { _ in for group in found { total.counts[Int(group)] += 1 } }
    }
  }

  /// Counts that one thread at a time adds to.
  private struct Total: @unchecked Sendable {
    let counts: UnsafeMutablePointer<Int>
  }
}
