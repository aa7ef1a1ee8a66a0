import PlumbColumns
import PlumbDiagnostics
import PlumbPlan

/// The pairs of rows that a join gives, in order of the left rows, then of the right.
struct JoinMatches {
  /// The left rows; absent when it is each of them once.
  let left: Values<UInt32>?
  /// The right rows, `UInt32.max` for none; absent when the join gives no right columns.
  let right: Values<UInt32>?
  let count: Int
}

/// Finds the pairs for a run of left rows.
struct JoinProbe: Sendable {
  let index: JoinIndex
  let kind: LogicalPlan.Join.Kind
  /// Whether a left row without a match is kept.
  private let keepsUnmatched: Bool

  init(index: JoinIndex, kind: LogicalPlan.Join.Kind) {
    self.index = index
    self.kind = kind
    keepsUnmatched = kind == .left || kind == .full
  }

  /// Calls `body` with the pairs of the rows whose keys are given, about `pairsAtOnce` at a time.
  func forEachRun(
    _ keys: [Column], count: Int, pairsAtOnce: Int,
    _ body: (JoinMatches) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    let groups = index.find(keys, count: count)
    switch kind {
    case .semi: try body(filtered(groups, matching: true))
    case .anti: try body(filtered(groups, matching: false))
    case .inner, .left, .right, .full:
      if index.isUnique { return try body(uniquePairs(groups)) }
      var place = Place()
      while place.row < count { try body(severalPairs(groups, from: &place, pairsAtOnce)) }
    }
  }

  /// How far the pairs of a batch have been given.
  private struct Place {
    var row = 0
    /// The matches of the row that have been given.
    var matchesDone = 0
  }

  /// The left rows that have a match, or that have none.
  private func filtered(
    _ groups: Buffer<UInt32>, matching: Bool
  ) -> JoinMatches {
    let rows = Buffer<UInt32>(count: groups.count)
    var kept = 0
    for row in 0..<groups.count {
      rows.base[kept] = UInt32(truncatingIfNeeded: row)
      if (groups.base[row] != .max) == matching { kept += 1 }
    }
    if kept == groups.count { return JoinMatches(left: nil, right: nil, count: kept) }
    return JoinMatches(left: Values(rows, offset: 0, count: kept), right: nil, count: kept)
  }

  /// At most one pair for each left row.
  private func uniquePairs(_ groups: Buffer<UInt32>) -> JoinMatches {
    index.replaceGroupsByRows(groups)
    let count = groups.count
    if keepsUnmatched { return JoinMatches(left: nil, right: Values(groups), count: count) }
    let matches = groups.base
    // The greatest first: that loop is vectorised, and mostly every row has a match.
    var greatest: UInt32 = 0
    for row in 0..<count { greatest = matches[row] > greatest ? matches[row] : greatest }
    if greatest != .max { return JoinMatches(left: nil, right: Values(groups), count: count) }
    // Each row is written and stays if it has a match: no branch that depends on the data.
    let left = Buffer<UInt32>(count: count)
    let right = Buffer<UInt32>(count: count)
    var filled = 0
    for row in 0..<count {
      let match = matches[row]
      left.base[filled] = UInt32(truncatingIfNeeded: row)
      right.base[filled] = match
      filled &+= match != .max ? 1 : 0
    }
    return JoinMatches(
      left: Values(left, offset: 0, count: filled), right: Values(right, offset: 0, count: filled),
      count: filled)
  }

  private func severalPairs(
    _ groups: Buffer<UInt32>, from place: inout Place, _ most: Int
  ) -> JoinMatches {
    var left = GrowableBuffer<UInt32>(capacity: groups.count)
    var right = GrowableBuffer<UInt32>(capacity: groups.count)
    while place.row < groups.count, left.count < most {
      let row = UInt32(truncatingIfNeeded: place.row)
      let group = groups.base[place.row]
      if group == .max {
        if keepsUnmatched {
          left.append(row)
          right.append(.max)
        }
        place.row += 1
        continue
      }
      let positions = index.range(of: group)
      let start = positions.lowerBound + place.matchesDone
      let end = min(positions.upperBound, start + most - left.count)
      left.append(repeating: row, count: end - start)
      for position in start..<end { right.append(index.row(position)) }
      if end == positions.upperBound {
        place = Place(row: place.row + 1)
      } else {
        place.matchesDone += end - start
      }
    }
    let count = left.count
    return JoinMatches(left: left.finish(), right: right.finish(), count: count)
  }

  /// The first left row of those given that has more than one match.
  func firstWithSeveralMatches(_ keys: [Column], count: Int) -> (row: Int, matches: Int)? {
    guard !index.isUnique else { return nil }
    let groups = index.find(keys, count: count)
    for row in 0..<count where groups.base[row] != .max {
      let matches = index.range(of: groups.base[row]).count
      if matches > 1 { return (row, matches) }
    }
    return nil
  }
}
