import PlumbColumns
import PlumbPlan

/// Which rows are compared with which: rows by key and window, and the pairs of them.
struct DriftCells: Sendable {
  /// A window of a key, or the key's rows where there are no windows.
  struct Pairing: Sendable {
    let group: Int
    /// Where the window begins, in the unit of the time; absent without windows.
    let window: Int?
    /// Positions among `currentRows`.
    let current: Range<Int>
    /// Positions among `referenceRows`; empty where there is no reference.
    let reference: Range<Int>
  }

  /// By key in order of first appearance, then by window.
  var pairings: [Pairing] = []
  /// The pairings of each key.
  var pairingRanges: [Range<Int>] = []
  /// The rows of the input side by side; absent when they lie so.
  var currentRows: Values<UInt32>?
  /// The rows of the reference side by side; absent when they lie so.
  var referenceRows: Values<UInt32>?
  /// Whether the reference is rows of another table.
  var hasReferenceTable = false
  /// The keys of each group.
  var keys: [Column] = []
  /// Where the reference is a profile with keys, which of its groups each group is.
  var profileGroups: [Int?] = []

  var groupCount: Int { pairingRanges.count }
}

extension Executor {
  /// Brings the rows of each key and window together and pairs them.
  func driftCells(
    _ node: LogicalPlan.Drift, _ current: Table, _ reference: Table?
  ) throws(ExecutionError) -> DriftCells {
    var cells = DriftCells()
    cells.hasReferenceTable = reference != nil || node.profile != nil
    let groups = try driftGroups(node, current, reference, &cells)
    var referenceRanges: [Range<Int>]?
    if let reference {
      let rows = groups.groups.slice(current.rowCount, reference.rowCount)
      let grouped = try bringTogether(rows, groupCount: groups.count)
      cells.referenceRows = grouped.rows
      referenceRanges = (0..<groups.count).map(grouped.range)
    }
    if let profile = node.profile {
      cells.profileGroups = Array(repeating: nil, count: groups.count)
      for index in profile.groups.indices where !node.keys.isEmpty {
        cells.profileGroups[Int(groups.groups[current.rowCount + index])] = index
      }
    }
    let own = groups.groups.slice(0, current.rowCount)
    guard let windows = node.windows else {
      let grouped = try bringTogether(own, groupCount: groups.count)
      cells.currentRows = grouped.rows
      for group in 0..<groups.count {
        cells.pairingRanges.append(group..<(group + 1))
        cells.pairings.append(
          DriftCells.Pairing(
            group: group, window: nil, current: grouped.range(of: group),
            reference: referenceRanges?[group] ?? 0..<0))
      }
      return cells
    }
    let found = try driftWindows(node, windows, own, current)
    cells.currentRows = found.rows
    if reference == nil { cells.referenceRows = found.rows }
    var byGroup: [[DriftWindowCell]] = Array(repeating: [], count: groups.count)
    for cell in found.cells { byGroup[cell.group].append(cell) }
    for group in 0..<groups.count {
      let first = cells.pairings.count
      let own = byGroup[group].sorted { $0.start ?? .min < $1.start ?? .min }
      for (index, cell) in own.enumerated() {
        guard let start = cell.start else { continue }
        let range: Range<Int>
        switch node.reference {
        case .table: range = referenceRanges?[group] ?? 0..<0
        case .previous:
          let before = index > 0 ? own[index - 1] : nil
          range =
            before?.start.map { $0 &+ windows.step == start } == true
            ? before?.positions ?? 0..<0 : 0..<0
        case .first: range = own.first.map { $0.start == nil ? $0.positions : 0..<0 } ?? 0..<0
        }
        cells.pairings.append(
          DriftCells.Pairing(
            group: group, window: start, current: cell.positions, reference: range))
      }
      cells.pairingRanges.append(first..<cells.pairings.count)
    }
    return cells
  }

  /// The key of each row of the input and then of the reference, or of each group of its profile.
  private func driftGroups(
    _ node: LogicalPlan.Drift, _ current: Table, _ reference: Table?, _ cells: inout DriftCells
  ) throws(ExecutionError) -> (groups: Values<UInt32>, count: Int) {
    let profileGroups = node.profile?.groups ?? []
    let total =
      current.rowCount + (reference?.rowCount ?? (node.keys.isEmpty ? 0 : profileGroups.count))
    try checkRowCount(total)
    guard !node.keys.isEmpty else {
      return (Values(Buffer(repeating: 0, count: total)), 1)
    }
    var keys = try columns(node.keys.map(\.expression), of: current)
    var others: [Column] = []
    if let reference {
      others = try columns(node.referenceKeys, of: reference)
    } else if let profile = node.profile {
      others = profile.keys.indices.map { key in
        let type = node.keys[key].expression.type
        return Column(profileGroups.map { $0.values[key].coerced(to: type) }, type: type)
      }
    }
    if !others.isEmpty {
      keys = keys.indices.map {
        Column.concatenated([keys[$0], others[$0]], type: node.keys[$0].expression.type)
      }
    }
    let found = try groupRows(keys, types: node.keys.map(\.expression.type), count: total)
    cells.keys = found.keys.keyColumns()
    return (found.groups, found.groupCount)
  }

  /// The rows of each key and window of the input.
  private func driftWindows(
    _ node: LogicalPlan.Drift, _ windows: LogicalPlan.Drift.Windows, _ groups: Values<UInt32>,
    _ table: Table
  ) throws(ExecutionError) -> (rows: Values<UInt32>?, cells: [DriftWindowCell]) {
    let time = try columns([windows.time], of: table)[0]
    let starts = WindowStarts(time: time, step: windows.step, reference: node.reference)
    let groupColumn = Column(type: .int, count: groups.count, storage: .int64(groups.widened))
    let found = try groupRows(
      [groupColumn, starts.column], types: [.int, .int], count: groups.count)
    let grouped = try bringTogether(found.groups, groupCount: found.groupCount)
    let keys = found.keys.keyColumns()
    let (cellGroups, cellStarts) = (keys[0].integers(), keys[1].integers())
    var cells: [DriftWindowCell] = []
    for cell in 0..<found.groupCount where !keys[1].isNull(cell) {
      let start = cellStarts[cell]
      cells.append(
        DriftWindowCell(
          group: cellGroups[cell], start: start == WindowStarts.first ? nil : start,
          positions: grouped.range(of: cell)))
    }
    return (grouped.rows, cells)
  }
}

/// The rows of a key in a window, or before all windows where `start` is absent.
private struct DriftWindowCell {
  let group: Int
  let start: Int?
  let positions: Range<Int>
}

/// In which window each row lies.
private struct WindowStarts {
  /// Stands for the first period, which is the reference.
  static let first = Int.min

  /// Where each row's window begins; null without a time.
  let column: Column

  init(time: Column, step: Int, reference: LogicalPlan.Drift.Reference) {
    let times = time.integers()
    let presence = time.presence
    var end = Int.min
    if case .first(let length) = reference {
      var least = Int.max
      for row in 0..<time.count where presence?[row] ?? true { least = min(least, times[row]) }
      let (sum, overflow) = least.addingReportingOverflow(length)
      end = overflow ? .max : sum
    }
    let buckets = Buckets(length: step, origin: time.type == .timestamp ? Buckets.timeOrigin : 0)
    let starts = Buffer<Int>(count: time.count)
    for row in 0..<time.count {
      let value = times[row]
      if value < end {
        starts.base[row] = Self.first
        continue
      }
      // Times are far from the ends of 64 bits; at the ends a window is a single time.
      starts.base[row] = buckets.start(of: value) ?? value
    }
    column = Column(
      type: .int, count: time.count, storage: .int64(Values(starts)), validity: presence)
  }
}
