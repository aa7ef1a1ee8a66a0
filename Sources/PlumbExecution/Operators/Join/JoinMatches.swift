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

  /// The pairs of the rows from `first`, whose keys are given.
  ///
  /// `reserve` is asked before memory is taken for them.
  func pairs(
    _ keys: [Column], first: Int, count: Int,
    reserve: (_ pairCount: Int) throws(ExecutionError) -> Void
  ) throws(ExecutionError) -> JoinMatches {
    let groups = index.find(keys, count: count)
    switch kind {
    case .semi: return filtered(groups, first, matching: true)
    case .anti: return filtered(groups, first, matching: false)
    case .inner, .left, .right, .full: break
    }
    return index.isUnique
      ? uniquePairs(groups, first) : try severalPairs(groups, first, reserve)
  }

  /// The left rows that have a match, or that have none.
  private func filtered(
    _ groups: Buffer<UInt32>, _ first: Int, matching: Bool
  ) -> JoinMatches {
    let rows = Buffer<UInt32>(count: groups.count)
    var kept = 0
    for row in 0..<groups.count {
      rows.base[kept] = UInt32(truncatingIfNeeded: first + row)
      if (groups.base[row] != .max) == matching { kept += 1 }
    }
    if kept == groups.count { return JoinMatches(left: nil, right: nil, count: kept) }
    return JoinMatches(left: Values(rows, offset: 0, count: kept), right: nil, count: kept)
  }

  /// At most one pair for each left row.
  private func uniquePairs(_ groups: Buffer<UInt32>, _ first: Int) -> JoinMatches {
    index.replaceGroupsByRows(groups)
    let count = groups.count
    if keepsUnmatched { return JoinMatches(left: nil, right: Values(groups), count: count) }
    let matches = groups.base
    var matched = 0
    for row in 0..<count where matches[row] != .max { matched += 1 }
    if matched == count { return JoinMatches(left: nil, right: Values(groups), count: count) }
    let left = Buffer<UInt32>(count: matched)
    let right = Buffer<UInt32>(count: matched)
    var filled = 0
    for row in 0..<count where matches[row] != .max {
      left.base[filled] = UInt32(truncatingIfNeeded: first + row)
      right.base[filled] = matches[row]
      filled += 1
    }
    return JoinMatches(left: Values(left), right: Values(right), count: matched)
  }

  private func severalPairs(
    _ groups: Buffer<UInt32>, _ first: Int,
    _ reserve: (_ pairCount: Int) throws(ExecutionError) -> Void
  ) throws(ExecutionError) -> JoinMatches {
    var total = 0
    for row in 0..<groups.count {
      let group = groups.base[row]
      total += group == .max ? (keepsUnmatched ? 1 : 0) : index.range(of: group).count
    }
    try reserve(total)
    let left = Buffer<UInt32>(count: total)
    let right = Buffer<UInt32>(count: total)
    var filled = 0
    for row in 0..<groups.count {
      let group = groups.base[row]
      if group == .max {
        guard keepsUnmatched else { continue }
        left.base[filled] = UInt32(truncatingIfNeeded: first + row)
        right.base[filled] = .max
        filled += 1
        continue
      }
      for position in index.range(of: group) {
        left.base[filled] = UInt32(truncatingIfNeeded: first + row)
        right.base[filled] = index.row(position)
        filled += 1
      }
    }
    return JoinMatches(left: Values(left), right: Values(right), count: total)
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
