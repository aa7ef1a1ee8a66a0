import PlumbColumns

/// Finds rows of a result in the table that they were taken from.
///
/// A row is where the columns that both have, under the same name and of the same type, agree; of
/// several such rows the first counts.
struct RowSearch {
  private let table: Table
  private let rows: [Int]

  init(_ table: Table, rows: [Int]) {
    self.table = table
    self.rows = rows
  }

  /// The positions, counted from 0, of those rows that are found.
  func positions(
    in provider: any TableProvider, control: RunControl
  ) throws(ImportError) -> [Int: Int] {
    let shared = table.schema.fields.filter { field in
      provider.schema[field.name]?.type == field.type
    }.map(\.name)
    guard !shared.isEmpty else { return [:] }
    let place = try provider.scan(ScanRequest(columns: shared), control: control)
    let wanted = rows.map { row in shared.compactMap { table[$0]?.value(at: row) } }
    // The column with the most different values tells the most rows apart.
    let key = shared.indices.max { left, right in
      Set(wanted.map { $0[left] }).count < Set(wanted.map { $0[right] }).count
    }
    guard let key else { return [:] }
    var open: [Value: [Int]] = [:]
    for index in wanted.indices { open[wanted[index][key], default: []].append(index) }
    var found: [Int: Int] = [:]
    let candidates = Candidates(place.columns[key], among: open)
    for position in 0..<place.rowCount {
      if position % Table.chunkRows == 0 { try control.checkImport() }
      guard !open.isEmpty else { break }
      guard let value = candidates.value(position), let indices = open[value] else { continue }
      let cells = place.row(position)
      let left = indices.filter { index in
        guard cells == wanted[index] else { return true }
        found[rows[index]] = position
        return false
      }
      open[value] = left.isEmpty ? nil : left
    }
    return found
  }

  /// Tells which cells of a column can be among some values, without making a value of each.
  private struct Candidates {
    private let column: Column
    /// For text: which codes are wanted.
    private let wantedCodes: [Bool]?
    private let codes: Values<UInt32>?
    /// For integers and times: which are wanted.
    private let wantedIntegers: Set<Int>?
    private let integers: Values<Int>?
    private let wantsNull: Bool

    init(_ column: Column, among values: [Value: [Int]]) {
      self.column = column
      wantsNull = values[.null] != nil
      if column.type == .string {
        let (codes, dictionary) = column.codes()
        var wanted = [Bool](repeating: false, count: dictionary.count)
        for code in 0..<dictionary.count {
          wanted[code] = values[.string(dictionary[code])] != nil
        }
        wantedCodes = wanted
        self.codes = codes
        wantedIntegers = nil
        integers = nil
      } else if column.type.isIntegerBacked {
        wantedIntegers = Set(
          values.keys.compactMap { value in
            switch value {
            case .int(let number), .timestamp(let number), .duration(let number): number
            case .null, .bool, .float, .string, .list, .record: nil
            }
          })
        integers = column.integers()
        wantedCodes = nil
        codes = nil
      } else {
        wantedCodes = nil
        codes = nil
        wantedIntegers = nil
        integers = nil
      }
    }

    /// The cell of a row if it may be wanted.
    func value(_ row: Int) -> Value? {
      if column.isNull(row) { return wantsNull ? .null : nil }
      if let wantedCodes, let codes {
        let code = Int(codes[row])
        guard code < wantedCodes.count, wantedCodes[code] else { return nil }
      }
      if let wantedIntegers, let integers, !wantedIntegers.contains(integers[row]) { return nil }
      return column.value(at: row)
    }
  }
}
