import PlumbColumns

/// Finds rows of a result in the table that they were taken from.
///
/// A row is where the columns that both have, under the same name and of the same type, agree. Of
/// several such rows none counts: a wrong place is worse than none. The column `model` is also that
/// which other tables call `model_id`, and the table of models `name`.
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
    let shared = pairs(with: provider)
    guard !shared.isEmpty else { return [:] }
    let place = try provider.scan(ScanRequest(columns: shared.map(\.place)), control: control)
    let wanted = rows.map { row in shared.map { table[$0.own]?.value(at: row) ?? .null } }
    // The column with the most different values tells the most rows apart.
    let counts = shared.indices.map { column in Set(wanted.map { $0[column] }).count }
    guard let key = shared.indices.max(by: { counts[$0] < counts[$1] }) else { return [:] }
    var indices: [Value: [Int]] = [:]
    for index in wanted.indices { indices[wanted[index][key], default: []].append(index) }
    var found = [Int?](repeating: nil, count: rows.count)
    var isAmbiguous = [Bool](repeating: false, count: rows.count)
    let candidates = Candidates(place.columns[key], among: indices)
    for position in 0..<place.rowCount {
      if position % Table.chunkRows == 0 { try control.checkImport() }
      guard let value = candidates.value(position), let possible = indices[value] else { continue }
      let cells = place.row(position)
      for index in possible where !isAmbiguous[index] && cells == wanted[index] {
        isAmbiguous[index] = found[index] != nil
        found[index] = position
      }
    }
    var positions: [Int: Int] = [:]
    for (index, row) in rows.enumerated() where !isAmbiguous[index] {
      positions[row] = found[index]
    }
    return positions
  }

  /// The columns that both have, under their names in the result and in the other table.
  private func pairs(with provider: any TableProvider) -> [(own: String, place: String)] {
    var pairs: [(own: String, place: String)] = []
    for field in table.schema.fields where provider.schema[field.name]?.type == field.type {
      pairs.append((field.name, field.name))
    }
    let model = provider.name == "models" ? "name" : "model_id"
    if provider.schema["model"] == nil, table.schema["model"]?.type == .string,
      provider.schema[model]?.type == .string, table.schema[model] == nil
    {
      pairs.append(("model", model))
    }
    return pairs
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
