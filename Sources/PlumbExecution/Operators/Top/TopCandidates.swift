import PlumbColumns

/// The rows that may be among the best of their group, as one thread has seen them.
///
/// Once a group has enough rows, only a row that is better than its worst one passes; that is one
/// comparison for nearly all rows.
struct TopCandidates {
  struct Candidate: BitwiseCopyable {
    let word: Int
    /// The candidate's place among all that are kept, in the order of the rows.
    var place: UInt32
    var group: UInt32
  }

  private let count: Int
  private let withTies: Bool
  private var candidates: [Candidate] = []
  /// The least word with which a row can still be among the best, for each group.
  private var bounds: [Int] = [.min]
  private var limit: Int

  init(count: Int, withTies: Bool) {
    self.count = count
    self.withTies = withTies
    limit = max(1 << 13, count * 4)
  }

  /// Whether it is time to `compact`.
  var isFull: Bool { candidates.count >= limit }

  /// Takes in the rows of a batch that follows those before, and gives those that pass.
  ///
  /// `groups` is nil when all are of one group.
  mutating func add(
    _ words: UnsafePointer<Int>, _ groups: UnsafePointer<UInt32>?, groupCount: Int, rows: Int,
    isExcluded: (Int) -> Bool
  ) -> [UInt32] {
    while bounds.count < groupCount { bounds.append(.min) }
    var passing: [UInt32] = []
    guard count > 0 else { return passing }
    var row = 0
    while row < rows {
      row = nextPassing(words, groups, from: row, to: rows)
      guard row < rows else { break }
      if words[row] != .min || !isExcluded(row) {
        candidates.append(
          Candidate(
            word: words[row], place: UInt32(truncatingIfNeeded: candidates.count),
            group: groups?[row] ?? 0))
        passing.append(UInt32(truncatingIfNeeded: row))
      }
      row += 1
    }
    return passing
  }

  private func nextPassing(
    _ words: UnsafePointer<Int>, _ groups: UnsafePointer<UInt32>?, from start: Int, to end: Int
  ) -> Int {
    bounds.withUnsafeBufferPointer { bounds in
      var row = start
      if let groups {
        while row < end, words[row] < bounds[Int(groups[row])] { row &+= 1 }
      } else {
        let bound = bounds[0]
        while row < end, words[row] < bound { row &+= 1 }
      }
      return row
    }
  }

  /// Appends the candidates of later rows, whose group `i` is `groups[i]` here.
  mutating func merge(_ other: TopCandidates, groups: [UInt32]?, groupCount: Int) {
    while bounds.count < groupCount { bounds.append(.min) }
    let shift = UInt32(truncatingIfNeeded: candidates.count)
    for var candidate in other.candidates {
      if let groups { candidate.group = groups[Int(candidate.group)] }
      candidate.place += shift
      candidates.append(candidate)
    }
  }

  /// Leaves the best of each group alone and raises the bounds; gives the old places of those that
  /// are left, in the order of the rows.
  mutating func compact() -> [UInt32] {
    select()
    candidates.sort { $0.place < $1.place }
    let places = candidates.map(\.place)
    for index in candidates.indices {
      candidates[index].place = UInt32(truncatingIfNeeded: index)
    }
    limit = max(1 << 13, candidates.count * 2)
    return places
  }

  private mutating func select() {
    let (count, withTies) = (count, withTies)
    var kept: [Candidate] = []
    var bounds = bounds
    inGroups { group in
      guard group.count >= count else {
        kept += group
        return
      }
      selectBest(&group, count)
      let worst = group[count - 1].word
      // Without ties an equal word of a later row is not better.
      bounds[Int(group[0].group)] = withTies || worst == .max ? worst : worst + 1
      kept += group.prefix(count)
      if withTies { kept += group.dropFirst(count).filter { $0.word == worst } }
    }
    candidates = kept
    self.bounds = bounds
  }

  /// The places of the best by group, the best first, equal words in the order of the rows.
  mutating func sorted() -> [UInt32] {
    guard count > 0 else { return [] }
    select()
    candidates.sort {
      $0.group != $1.group
        ? $0.group < $1.group : $0.word != $1.word ? $0.word > $1.word : $0.place < $1.place
    }
    return candidates.map(\.place)
  }

  /// Calls `body` with the candidates of each group.
  private mutating func inGroups(_ body: (inout [Candidate]) -> Void) {
    guard !candidates.isEmpty else { return }
    if bounds.count <= 1 { return body(&candidates) }
    var starts = [Int](repeating: 0, count: bounds.count + 1)
    for candidate in candidates { starts[Int(candidate.group) + 1] += 1 }
    for group in 0..<bounds.count { starts[group + 1] += starts[group] }
    var next = starts
    var order = [Int](repeating: 0, count: candidates.count)
    for (index, candidate) in candidates.enumerated() {
      order[next[Int(candidate.group)]] = index
      next[Int(candidate.group)] += 1
    }
    for group in 0..<bounds.count where starts[group] < starts[group + 1] {
      var members = order[starts[group]..<starts[group + 1]].map { candidates[$0] }
      body(&members)
    }
  }
}

/// Puts the `count` best in front, the worst of them last (Hoare 1961, algorithm 65).
private func selectBest(_ members: inout [TopCandidates.Candidate], _ count: Int) {
  members.withUnsafeMutableBufferPointer { members in
    var (low, high) = (0, members.count - 1)
    let target = count - 1
    while low < high {
      let pivot = members[low + (high - low) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while isBetter(members[left], pivot) { left += 1 }
        while isBetter(pivot, members[right]) { right -= 1 }
        if left <= right {
          members.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if target <= right {
        high = right
      } else if target >= left {
        low = left
      } else {
        return
      }
    }
  }
}

@inline(__always)
private func isBetter(_ a: TopCandidates.Candidate, _ b: TopCandidates.Candidate) -> Bool {
  a.word != b.word ? a.word > b.word : a.place < b.place
}
