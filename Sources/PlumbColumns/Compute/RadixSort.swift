/// The positions of words in ascending order, equal words in their old order. No word has more
/// than `bitCount` bits.
///
/// A word and its position are packed into 64 bits, so that sorting moves eight bytes a row and
/// needs no stability. Where both do not fit, the word's lowest bits are left out at first and
/// rows that the rest does not tell apart are sorted once more; those bits are then few enough.
func radixSortedPositions(
  _ words: Buffer<UInt64>, bitCount: Int, control: RunControl
) throws(RunControl.Interruption) -> Values<UInt32> {
  let count = words.count
  let positionBits = max(1, 64 - UInt64(max(count, 1) - 1).leadingZeroBitCount)
  let dropped = max(0, bitCount + positionBits - 64)
  try control.reserve(count * 20)
  let packed = Buffer<UInt64>(count: count)
  let target = packed.base
  let blocks = Blocks(count: count)
  parallelFor(threadCount: control.threadCount, taskCount: blocks.blockCount) { block in
    let (source, target) = (words.base, packed.base)
    for position in blocks.range(block) {
      target[position] =
        (source[position] >> UInt64(dropped)) << UInt64(positionBits)
        | UInt64(truncatingIfNeeded: position)
    }
  }
  let scratch = Buffer<UInt64>(count: count)
  try ParallelWordSorter(control: control).sort(target, scratch.base, count)
  let result = Buffer<UInt32>(count: count)
  parallelFor(threadCount: control.threadCount, taskCount: blocks.blockCount) { block in
    let (source, target) = (packed.base, result.base)
    let mask = (1 as UInt64) << UInt64(positionBits) - 1
    for index in blocks.range(block) {
      target[index] = UInt32(truncatingIfNeeded: source[index] & mask)
    }
  }
  if dropped > 0 {
    try sortTies(words, result, target, scratch.base, positionBits, control)
  }
  withExtendedLifetime((words, packed, scratch)) {}
  return Values(result)
}

/// Sorts the runs of rows whose words are equal but for the bits that were left out.
private func sortTies(
  _ words: Buffer<UInt64>, _ rows: Buffer<UInt32>, _ packed: UnsafeMutablePointer<UInt64>,
  _ scratch: UnsafeMutablePointer<UInt64>, _ positionBits: Int, _ control: RunControl
) throws(RunControl.Interruption) {
  let count = words.count
  let shift = UInt64(positionBits)
  var sorter = WordSorter(control: control)
  var start = 0
  var nextCheck = 0
  while start < count {
    if start >= nextCheck {
      try control.check()
      nextCheck = start + (1 << 18)
    }
    var end = start + 1
    let head = packed[start] >> shift
    while end < count, packed[end] >> shift == head { end += 1 }
    if end - start > 1 {
      let first = words.base[Int(rows.base[start])]
      var low = first
      var high = first
      for index in start..<end {
        let word = words.base[Int(rows.base[index])]
        low = min(low, word)
        high = max(high, word)
      }
      if low != high {
        // The run's words differ in the bits left out alone: fewer than those of a position.
        for index in start..<end {
          let row = rows.base[index]
          packed[index] = (words.base[Int(row)] - low) << shift | UInt64(row)
        }
        try sorter.sort(packed + start, scratch + start, end - start)
        let mask = (1 as UInt64) << shift - 1
        for index in start..<end {
          rows.base[index] = UInt32(truncatingIfNeeded: packed[index] & mask)
        }
      }
    }
    start = end
  }
}

/// Sorts 64-bit words in ascending order.
///
/// Large inputs are spread by their uppermost differing bits until the parts fit in the cache;
/// those are sorted digit by digit from the lowest, digits that all share left out.
package struct WordSorter {
  private let control: RunControl
  private var workSinceCheck = 0

  /// Below this many words insertion is fastest.
  private static let insertionLimit = 48
  /// Words that fit twice into the second-level cache (2 * 128 KiB).
  private static let cachedLimit = 1 << 14
  private static let spreadBits = 8

  package init(control: RunControl) { self.control = control }

  /// Sorts `words` in place; `scratch` has room for as many.
  package mutating func sort(
    _ words: UnsafeMutablePointer<UInt64>, _ scratch: UnsafeMutablePointer<UInt64>, _ count: Int
  ) throws(RunControl.Interruption) {
    try noteWork(count)
    if count <= Self.insertionLimit { return insertionSort(words, count) }
    var isAscending = true
    var isDescending = true
    var differing: UInt64 = 0
    let first = words[0]
    for index in 1..<count {
      let word = words[index]
      differing |= word ^ first
      isAscending = isAscending && words[index - 1] <= word
      isDescending = isDescending && words[index - 1] >= word
    }
    if isAscending { return }
    if isDescending {
      reverse(words, count)
      return
    }
    if count <= Self.cachedLimit {
      sortCached(words, scratch, count, differing)
    } else {
      try spread(words, scratch, count, differing)
    }
  }

  private func reverse(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) {
    for index in 0..<(count / 2) {
      let word = words[index]
      words[index] = words[count - 1 - index]
      words[count - 1 - index] = word
    }
  }

  private mutating func noteWork(_ count: Int) throws(RunControl.Interruption) {
    workSinceCheck += count
    if workSinceCheck >= 1 << 18 {
      workSinceCheck = 0
      try control.check()
    }
  }

  private func insertionSort(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) {
    guard count > 1 else { return }
    for index in 1..<count {
      let word = words[index]
      var place = index
      while place > 0, words[place &- 1] > word {
        words[place] = words[place &- 1]
        place &-= 1
      }
      words[place] = word
    }
  }

  /// Digit by digit from the lowest; `differing` has a bit wherever words differ.
  private func sortCached(
    _ words: UnsafeMutablePointer<UInt64>, _ scratch: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ differing: UInt64
  ) {
    var (from, to) = (words, scratch)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { starts in
      guard let starts = starts.baseAddress else { return }
      var shift: UInt64 = UInt64(differing.trailingZeroBitCount)
      while shift < 64, differing >> shift != 0 {
        if differing >> shift & 0xFF == 0 {
          shift += 8
          continue
        }
        starts.update(repeating: 0, count: 256)
        for index in 0..<count { starts[Int(from[index] >> shift & 0xFF)] &+= 1 }
        var total: UInt32 = 0
        for digit in 0..<256 {
          let length = starts[digit]
          starts[digit] = total
          total &+= length
        }
        for index in 0..<count {
          let word = from[index]
          let digit = Int(word >> shift & 0xFF)
          to[Int(starts[digit])] = word
          starts[digit] &+= 1
        }
        swap(&from, &to)
        shift += 8
      }
    }
    if from != words { words.update(from: from, count: count) }
  }

  /// Spreads words over parts by their uppermost differing bits and sorts each part.
  private mutating func spread(
    _ words: UnsafeMutablePointer<UInt64>, _ scratch: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ differing: UInt64
  ) throws(RunControl.Interruption) {
    let top = 64 - differing.leadingZeroBitCount
    let shift = UInt64(max(0, top - Self.spreadBits))
    let mask = (1 as UInt64) << UInt64(Self.spreadBits) - 1
    var ends = [Int](repeating: 0, count: 1 << Self.spreadBits)
    for index in 0..<count { ends[Int(words[index] >> shift & mask)] &+= 1 }
    var total = 0
    for part in ends.indices {
      let length = ends[part]
      ends[part] = total
      total += length
    }
    ends.withUnsafeMutableBufferPointer { ends in
      for index in 0..<count {
        let word = words[index]
        let part = Int(word >> shift & mask)
        scratch[ends[part]] = word
        ends[part] &+= 1
      }
    }
    words.update(from: scratch, count: count)
    var start = 0
    for end in ends {
      if end - start > 1 { try sort(words + start, scratch + start, end - start) }
      start = end
    }
  }
}
