import Synchronization

/// Sorts many words on several threads: each spreads a stretch of them over parts by their
/// uppermost differing bits, then parts are sorted as threads get free.
struct ParallelWordSorter: Sendable {
  let control: RunControl

  /// Below this many words one thread is done before others have begun.
  private static let leastCount = 1 << 17
  private static let spreadBits = 8
  private static let partCount = 1 << spreadBits

  /// Sorts `words` in place; `scratch` has room for as many.
  func sort(
    _ words: UnsafeMutablePointer<UInt64>, _ scratch: UnsafeMutablePointer<UInt64>, _ count: Int
  ) throws(RunControl.Interruption) {
    try control.check()
    let survey = self.survey(words, count)
    guard control.threadCount > 1, count >= Self.leastCount, !survey.isAscending else {
      var sorter = WordSorter(control: control)
      return try sorter.sort(words, scratch, count)
    }
    let shift = UInt64(max(0, 64 - survey.differing.leadingZeroBitCount - Self.spreadBits))
    let starts = spread(words, scratch, count, shift)
    try control.check()
    // A part that holds most of the words is worth several threads of its own.
    let largeCount = max(count / 2, Self.leastCount)
    let stop = Mutex<RunControl.Interruption?>(nil)
    nonisolated(unsafe) let (to, from) = (words, scratch)
    parallelFor(threadCount: control.threadCount, taskCount: Self.partCount) { part in
      let start = starts[part]
      let length = starts[part + 1] - start
      (to + start).update(from: from + start, count: length)
      if length < 2 || length > largeCount { return }
      var sorter = WordSorter(control: control)
      do throws(RunControl.Interruption) {
        try control.check()
        try sorter.sort(to + start, from + start, length)
      } catch {
        stop.withLock { $0 = error }
      }
    }
    if let interruption = stop.withLock({ $0 }) { throw interruption }
    for part in 0..<Self.partCount {
      let length = starts[part + 1] - starts[part]
      if length > largeCount { try sort(words + starts[part], scratch + starts[part], length) }
    }
  }

  private struct Survey {
    var isAscending = true
    /// A bit wherever words differ.
    var differing: UInt64 = 0
  }

  private func survey(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) -> Survey {
    let blocks = Blocks(count: count)
    let whole = Mutex(Survey())
    nonisolated(unsafe) let words = words
    parallelFor(threadCount: control.threadCount, taskCount: blocks.blockCount) { block in
      let range = blocks.range(block)
      let first = words[0]
      var isAscending = true
      var differing: UInt64 = 0
      var previous = words[max(range.lowerBound - 1, 0)]
      for index in range {
        let word = words[index]
        differing |= word ^ first
        isAscending = isAscending && previous <= word
        previous = word
      }
      whole.withLock {
        $0.isAscending = $0.isAscending && isAscending
        $0.differing |= differing
      }
    }
    return whole.withLock { $0 }
  }

  /// Writes the words part by part; gives where each part begins, and the end of the last.
  private func spread(
    _ words: UnsafeMutablePointer<UInt64>, _ scratch: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ shift: UInt64
  ) -> [Int] {
    let blocks = Blocks(count: count)
    let mask = UInt64(Self.partCount - 1)
    // A row of counts, then of places, for each block.
    let table = Buffer<Int>(repeating: 0, count: blocks.blockCount * Self.partCount)
    nonisolated(unsafe) let (from, to) = (words, scratch)
    parallelFor(threadCount: control.threadCount, taskCount: blocks.blockCount) { block in
      let counts = table.base + block * Self.partCount
      for index in blocks.range(block) { counts[Int(from[index] >> shift & mask)] &+= 1 }
    }
    var starts: [Int] = []
    var total = 0
    for part in 0..<Self.partCount {
      starts.append(total)
      for block in 0..<blocks.blockCount {
        let place = block * Self.partCount + part
        let length = table.base[place]
        table.base[place] = total
        total += length
      }
    }
    parallelFor(threadCount: control.threadCount, taskCount: blocks.blockCount) { block in
      let places = table.base + block * Self.partCount
      for index in blocks.range(block) {
        let word = from[index]
        let part = Int(word >> shift & mask)
        to[places[part]] = word
        places[part] &+= 1
      }
    }
    return starts + [total]
  }
}

/// Rows cut into stretches that a thread goes through in a few milliseconds.
struct Blocks: Sendable {
  let count: Int
  private static let rows = 1 << 18

  var blockCount: Int { (count + Self.rows - 1) / Self.rows }

  func range(_ block: Int) -> Range<Int> {
    block * Self.rows..<min((block + 1) * Self.rows, count)
  }
}
