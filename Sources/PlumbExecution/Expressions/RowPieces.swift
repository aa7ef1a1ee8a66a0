import PlumbColumns

/// Puts a column together from pieces that were computed for different rows.
struct RowPieces {
  private let type: DataType
  private let count: Int
  private var columns: [Column] = []
  private var total = 0
  /// Where each row's value is among the pieces laid end to end.
  private let places: Buffer<UInt32>

  init(type: DataType, count: Int) {
    self.type = type
    self.count = count
    places = Buffer(repeating: 0, count: count)
  }

  /// Adds values for some rows. The column has a value for each of them, or, if it spans the
  /// frame, one for every row of the frame.
  mutating func add(_ column: Column, rows: Values<UInt32>, spansFrame: Bool = false) {
    guard rows.count > 0 else { return }
    let (source, target) = (rows.pointer, places.base)
    let start = UInt32(truncatingIfNeeded: total)
    if let value = column.constantValue {
      for index in 0..<rows.count { target[Int(source[index])] = start }
      columns.append(Column(constant: value, type: type, count: 1))
      total += 1
    } else {
      if spansFrame {
        for index in 0..<rows.count { target[Int(source[index])] = start &+ source[index] }
      } else {
        for index in 0..<rows.count {
          target[Int(source[index])] = start &+ UInt32(truncatingIfNeeded: index)
        }
      }
      columns.append(column)
      total += column.count
    }
    withExtendedLifetime(rows) {}
  }

  /// The whole column; every row must have been given a value.
  consuming func finish() -> Column {
    Column.concatenated(columns, type: type).gathered(Values(places))
  }
}

/// All positions below `count`.
func allRows(_ count: Int) -> Values<UInt32> {
  let rows = Buffer<UInt32>(count: count)
  let target = rows.base
  for row in 0..<count { target[row] = UInt32(truncatingIfNeeded: row) }
  return Values(rows)
}

/// Splits rows by a bool column that has a value for each of them: where it is true, and where
/// it is false or null.
func splitRows(
  _ rows: Values<UInt32>?, by mask: Column
) -> (chosen: Values<UInt32>, rest: Values<UInt32>) {
  let chosen = selectedRows(mask).rows
  let rest = Buffer<UInt32>(count: mask.count - chosen.count)
  var next = 0
  var found = 0
  for row in 0..<mask.count {
    if next < chosen.count, chosen.pointer[next] == UInt32(truncatingIfNeeded: row) {
      next += 1
    } else {
      rest.base[found] = UInt32(truncatingIfNeeded: row)
      found += 1
    }
  }
  guard let rows else { return (chosen, Values(rest)) }
  return (composed(rows, chosen), composed(rows, Values(rest)))
}

private func composed(_ rows: Values<UInt32>, _ positions: Values<UInt32>) -> Values<UInt32> {
  let result = Buffer<UInt32>(count: positions.count)
  let (source, places) = (rows.pointer, positions.pointer)
  for index in 0..<positions.count { result.base[index] = source[Int(places[index])] }
  withExtendedLifetime((rows, positions)) {}
  return Values(result)
}
