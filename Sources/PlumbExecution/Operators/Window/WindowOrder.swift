import PlumbColumns

/// Whether rows already lie as a single sort key wants them within each group, as logged history
/// does; then nothing has to be sorted. Keys with nulls, texts, lists and records are not looked
/// at.
func liesInOrder(
  _ key: SortKey, rows: Values<UInt32>?, first: Int, groupOffsets: [Int]
) -> Bool {
  guard key.column.validity == nil else { return false }
  let order = RowOrder(
    rows: rows, first: first, groupOffsets: groupOffsets, isDescending: key.isDescending)
  switch key.column.storage {
  case .int8(let values): return order.holds(values)
  case .int16(let values): return order.holds(values)
  case .int32(let values): return order.holds(values)
  case .int64(let values): return order.holds(values)
  case .float(let values): return order.holds(values)
  case .constant: return true
  case .bool, .text8, .text16, .text32, .list, .record: return false
  }
}

private struct RowOrder {
  /// The row at each place; absent when rows follow each other from `first` on.
  let rows: Values<UInt32>?
  let first: Int
  let groupOffsets: [Int]
  let isDescending: Bool

  /// NaN compares with nothing, so that its place is left to the sort.
  func holds<Element: Comparable & BitwiseCopyable>(_ values: Values<Element>) -> Bool {
    let source = values.pointer
    defer { withExtendedLifetime((values, rows)) {} }
    guard let rows else {
      let own = source + first
      return isDescending ? rises { own[$1] <= own[$0] } : rises { own[$0] <= own[$1] }
    }
    let places = rows.pointer
    return isDescending
      ? rises { source[Int(places[$1])] <= source[Int(places[$0])] }
      : rises { source[Int(places[$0])] <= source[Int(places[$1])] }
  }

  @inline(__always)
  private func rises(_ follows: (Int, Int) -> Bool) -> Bool {
    for group in groupOffsets.indices.dropLast() {
      let (start, end) = (groupOffsets[group], groupOffsets[group + 1])
      guard end > start else { continue }
      // A lone NaN too is sorted, so that one rule holds for all.
      guard follows(start, start) else { return false }
      var place = start &+ 1
      while place < end {
        guard follows(place &- 1, place) else { return false }
        place &+= 1
      }
    }
    return true
  }
}
