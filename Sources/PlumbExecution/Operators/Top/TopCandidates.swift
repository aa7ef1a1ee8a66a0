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
  /// The best words of each group, the best first, where they are few: then the bounds are exact
  /// from row to row.
  private var best: [Int] = []
  private var limit: Int
  /// The most words that are kept for each group.
  private static let mostBest = 16

  init(count: Int, withTies: Bool) {
    // No table has more rows than that.
    self.count = min(count, Int(UInt32.max))
    self.withTies = withTies
    limit = max(1 << 13, self.count * 4)
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
    prepare(groupCount)
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
        if groups != nil, count <= Self.mostBest { raise(words[row], Int(groups?[row] ?? 0)) }
        passing.append(UInt32(truncatingIfNeeded: row))
      }
      row += 1
    }
    return passing
  }

  private mutating func prepare(_ groupCount: Int) {
    guard bounds.count < groupCount || best.isEmpty else { return }
    while bounds.count < groupCount { bounds.append(.min) }
    if count <= Self.mostBest {
      best.append(contentsOf: repeatElement(.min, count: bounds.count * count - best.count))
    }
  }

  /// Takes a word into the best of its group, and raises the group's bound.
  private mutating func raise(_ word: Int, _ group: Int) {
    var place = group * count + count - 1
    guard word > best[place] else { return }
    while place > group * count, best[place - 1] < word {
      best[place] = best[place - 1]
      place -= 1
    }
    best[place] = word
    bounds[group] = bound(after: best[group * count + count - 1])
  }

  /// The bound of a group whose worst of the best is known.
  private func bound(after worst: Int) -> Int {
    // Without ties an equal word of a later row is not better.
    withTies || worst == .max || worst == .min ? worst : worst + 1
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
    prepare(groupCount)
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
    var isKept = [Bool](repeating: false, count: candidates.count)
    let all = candidates
    select()
    for candidate in candidates { isKept[Int(candidate.place)] = true }
    candidates.removeAll(keepingCapacity: true)
    var places: [UInt32] = []
    // They stand in the order of their places.
    for var candidate in all where isKept[Int(candidate.place)] {
      places.append(candidate.place)
      candidate.place = UInt32(truncatingIfNeeded: candidates.count)
      candidates.append(candidate)
    }
    limit = max(1 << 13, candidates.count * 2)
    return places
  }

  private mutating func select() {
    var kept: [Candidate] = []
    let starts = bringGroupsTogether()
    var candidates = candidates
    self.candidates = []
    candidates.withUnsafeMutableBufferPointer { all in
      for group in 0..<(starts.count - 1) where starts[group] < starts[group + 1] {
        let members = UnsafeMutableBufferPointer(rebasing: all[starts[group]..<starts[group + 1]])
        guard members.count >= count else {
          kept += members
          continue
        }
        selectBest(members, count)
        let worst = members[count - 1].word
        bounds[group] = max(bounds[group], bound(after: worst))
        kept += members.prefix(count)
        if withTies { kept += members.dropFirst(count).filter { $0.word == worst } }
      }
    }
    self.candidates = kept
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

  /// Puts the candidates of each group together, in their order; gives where each group begins,
  /// and the end.
  private mutating func bringGroupsTogether() -> [Int] {
    guard bounds.count > 1 else { return [0, candidates.count] }
    var starts = [Int](repeating: 0, count: bounds.count + 1)
    for candidate in candidates { starts[Int(candidate.group) + 1] += 1 }
    for group in 0..<bounds.count { starts[group + 1] += starts[group] }
    var next = starts
    var ordered = candidates
    for candidate in candidates {
      ordered[next[Int(candidate.group)]] = candidate
      next[Int(candidate.group)] += 1
    }
    candidates = ordered
    return starts
  }
}

/// Puts the `count` best in front, the worst of them last (Hoare 1961, algorithm 65).
private func selectBest(
  _ members: UnsafeMutableBufferPointer<TopCandidates.Candidate>, _ count: Int
) {
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

@inline(__always)
private func isBetter(_ a: TopCandidates.Candidate, _ b: TopCandidates.Candidate) -> Bool {
  a.word != b.word ? a.word > b.word : a.place < b.place
}
