import PlumbColumns
import PlumbDiagnostics

/// The rows of a join's right side by their keys.
///
/// Rows with a null or NaN key are left out: they match nothing.
struct JoinIndex: @unchecked Sendable {
  // `KeyTable.find` may be called by any number of threads.
  private let keys: KeyTable
  private let grouped: GroupedRows
  /// Whether no key occurs twice.
  let isUnique: Bool
  /// For each group its one row, where keys are unique; absent when it is the group's number.
  private let singleRows: Values<UInt32>?

  init(_ columns: [Column], types: [DataType], count: Int, executor: Executor)
    throws(ExecutionError)
  {
    guard let matchable = matchableRows(columns, count: count) else {
      let found = try executor.groupRows(columns, types: types, count: count)
      keys = found.keys
      grouped = try executor.bringTogether(found.groups, groupCount: found.groupCount)
      isUnique = found.groupCount == count
      singleRows = isUnique ? grouped.rows : nil
      return
    }
    let kept = try executor.gather(columns, matchable)
    let found = try executor.groupRows(kept, types: types, count: matchable.count)
    let together = try executor.bringTogether(found.groups, groupCount: found.groupCount)
    let rows = Buffer<UInt32>(count: matchable.count)
    for position in 0..<matchable.count {
      rows.base[position] = matchable[Int(together.row(position))]
    }
    keys = found.keys
    grouped = GroupedRows(offsets: together.offsets, rows: Values(rows))
    isUnique = found.groupCount == matchable.count
    singleRows = isUnique ? Values(rows) : nil
  }

  /// The group of each row of the left side, `UInt32.max` where none matches.
  func find(_ columns: [Column], count: Int) -> Buffer<UInt32> {
    let groups = Buffer<UInt32>(count: count)
    keys.find(columns, count: count, into: groups.base)
    return groups
  }

  /// Puts the one matching row in the place of each group; only where keys are unique.
  func replaceGroupsByRows(_ groups: Buffer<UInt32>) {
    guard let singleRows else { return }
    let rows = singleRows.pointer
    let target = groups.base
    for row in 0..<groups.count {
      let group = target[row]
      target[row] = group == .max ? .max : rows[Int(group)]
    }
    withExtendedLifetime(singleRows) {}
  }

  /// The positions of a group's rows.
  @inline(__always)
  func range(of group: UInt32) -> Range<Int> { grouped.range(of: Int(group)) }

  /// The row at a position.
  @inline(__always)
  func row(_ position: Int) -> UInt32 { grouped.row(position) }
}

/// The rows without a null or NaN among their keys; nil when that is all of them.
func matchableRows(_ keys: [Column], count: Int) -> Values<UInt32>? {
  var isMatchable: Bitmap?
  func restrict(to bits: Bitmap) {
    isMatchable = isMatchable.map { $0.intersection(bits) } ?? bits
  }
  for key in keys {
    if let presence = key.presence { restrict(to: presence) }
    if let numbers = key.numbers { restrict(to: numbers) }
  }
  guard let isMatchable else { return nil }
  let total = isMatchable.setCount
  return total < count ? isMatchable.setRows(total: total) : nil
}

extension Column {
  /// Which rows of a float column are not NaN; nil when all are numbers.
  fileprivate var numbers: Bitmap? {
    guard type == .float, count > 0 else { return nil }
    if case .constant(let value) = storage {
      guard case .float(let double) = value, double.isNaN else { return nil }
      return Bitmap(repeating: false, count: count)
    }
    let values = doubles()
    let source = values.pointer
    var hasNaN = false
    for row in 0..<count where source[row].isNaN {
      hasNaN = true
      break
    }
    guard hasNaN else { return nil }
    let bits = Bitmap(repeating: true, count: count)
    for row in 0..<count where source[row].isNaN {
      bits.words.base[row >> 6] &= ~(1 << UInt64(row & 63))
    }
    withExtendedLifetime(values) {}
    return bits
  }
}
