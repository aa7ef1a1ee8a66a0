import PlumbColumns

/// One code for each list or record, by a hash over all its parts.
final class RowCodes {
  private let type: DataType
  private var index = WordIndex(capacity: 64)
  private var hashes: [UInt64] = []
  /// The values that have codes, in the order of the codes: pieces with their first codes.
  private var pieces: [(first: Int, column: Column)] = []

  init(type: DataType) { self.type = type }

  var count: Int { hashes.count }

  /// The codes of a batch as an integer column; without `adding`, unknown values have `-1`.
  func codes(_ column: Column, adding: Bool) -> Column {
    let hashed = hashRows([column], count: column.count)
    let codes = Buffer<Int>(count: column.count)
    var newRows: [UInt32] = []
    let firstNew = count
    for row in 0..<column.count {
      if column.isNull(row) {
        codes.base[row] = 0
        continue
      }
      let hash = hashed[row]
      let found = index.find(hash) { code in
        if code >= firstNew {
          return valuesEqual(column, Int(newRows[code - firstNew]), column, row, nanEqual: true)
        }
        let (piece, place) = self.place(code)
        return valuesEqual(piece, place, column, row, nanEqual: true)
      }
      if found >= 0 {
        codes.base[row] = found
      } else if adding {
        codes.base[row] = add(hash, found)
        newRows.append(UInt32(truncatingIfNeeded: row))
      } else {
        codes.base[row] = -1
      }
    }
    if !newRows.isEmpty { pieces.append((firstNew, column.gathered(Values(newRows)))) }
    return Column(
      type: .int, count: column.count, storage: .int64(Values(codes)), validity: column.presence)
  }

  private func add(_ hash: UInt64, _ missing: Int) -> Int {
    let code = hashes.count
    hashes.append(hash)
    if hashes.count > index.capacity {
      index = WordIndex(capacity: hashes.count * 2)
      for (code, hash) in hashes.enumerated() { index.insertNew(code, hash: hash) }
    } else {
      index.fill(missing, code, hash: hash)
    }
    return code
  }

  private func place(_ code: Int) -> (Column, Int) {
    var (low, high) = (0, pieces.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if pieces[middle].first <= code { low = middle } else { high = middle - 1 }
    }
    return (pieces[low].column, code - pieces[low].first)
  }

  /// The values of codes; `UInt32.max` gives null.
  func values(at codes: Values<UInt32>) -> Column {
    Column.concatenated(pieces.map(\.column), type: type).gatheredOptional(codes)
  }
}
