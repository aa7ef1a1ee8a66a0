import PlumbColumns

/// Makes rows of records as a mapping says.
struct MappedRows {
  private let mapping: TableMapping
  private let path: String
  /// The members that columns are taken from.
  private let taken: Set<String>
  /// The names of the mapping's columns.
  private let columnNames: Set<String>

  /// A row before its columns are made.
  struct Row {
    /// In the order of the mapping's columns.
    var cells: [Value]
    /// Members of families and the pair of a series, by their columns' names.
    var others: [(name: String, value: Value)]
    /// What its records have in common; nil where each record is a row.
    let key: Value?
    /// When its record came; nil where that is not said.
    let time: Int?
  }

  init(_ mapping: TableMapping, path: String) {
    self.mapping = mapping
    self.path = path
    taken = mapping.takenMembers
    columnNames = Set(mapping.columnNames)
  }

  /// Adds the rows of a record and gives the number of those that belong to no group.
  func append(_ record: Value, to rows: inout [Row]) -> Int {
    var lostCount = 0
    for row in parts(of: record) {
      guard mapping.conditions.allSatisfy({ $0.holds(row: row, record: record) }) else {
        continue
      }
      let key = mapping.group?.value(in: row)
      guard key != .null else {
        lostCount += 1
        continue
      }
      let cells = mapping.columns.map { $0.value(row: row, record: record) }
      let others = others(of: row, record)
      let time = mapping.order.flatMap { Self.time($0.value(in: row)) }
      guard let series = mapping.series else {
        rows.append(Row(cells: cells, others: others, key: key, time: time))
        continue
      }
      for cell in series.cells(row: row, taken: taken) {
        rows.append(
          Row(
            cells: cells,
            others: others + [(series.key, .string(cell.key)), (series.value, cell.value)],
            key: key, time: time))
      }
    }
    return lostCount
  }

  /// The members of families; of two with one name, the first.
  private func others(of row: Value, _ record: Value) -> [(name: String, value: Value)] {
    var found: [(name: String, value: Value)] = []
    // A column of its own goes before a member of a family.
    var names = columnNames
    for family in mapping.families {
      for cell in family.cells(row: row, record: record, taken: taken)
      where names.insert(cell.name).inserted {
        found.append(cell)
      }
    }
    return found
  }

  private func parts(of record: Value) -> [Value] {
    guard let path = mapping.rows else { return [record] }
    switch path.value(in: record) {
    case .list(let elements, _): return elements
    case .null: return []
    case let one: return [one]
    }
  }

  private static func time(_ value: Value) -> Int? {
    switch value {
    case .string(let text): TimestampText.parse(text)
    case .int(let number), .timestamp(let number): number
    case .null, .bool, .float, .duration, .list, .record: nil
    }
  }

  // MARK: Groups

  /// Puts the rows of one key together, in the order of their times: the last value that is not
  /// null counts, and the elements of lists are put together.
  func folded(_ rows: [Row]) -> [Row] {
    guard mapping.group != nil else { return rows }
    var groups: [[Row]] = []
    var places: [Value: Int] = [:]
    for row in rows {
      guard let key = row.key else { continue }
      if let place = places[key] {
        groups[place].append(row)
      } else {
        places[key] = groups.count
        groups.append([row])
      }
    }
    return groups.map { group in
      var group = group
      if group.allSatisfy({ $0.time != nil }) {
        // Stable: of events of one moment, the later in the file is the later.
        let order = group.indices.sorted {
          (group[$0].time ?? 0, $0) < (group[$1].time ?? 0, $1)
        }
        group = order.map { group[$0] }
      }
      var whole = group[0]
      for row in group.dropFirst() {
        for (index, cell) in row.cells.enumerated() {
          whole.cells[index] = Self.joined(whole.cells[index], cell)
        }
        for (name, value) in row.others {
          if let place = whole.others.firstIndex(where: { $0.name == name }) {
            whole.others[place].value = Self.joined(whole.others[place].value, value)
          } else {
            whole.others.append((name, value))
          }
        }
      }
      return whole
    }
  }

  private static func joined(_ earlier: Value, _ later: Value) -> Value {
    switch (earlier, later) {
    case (_, .null): return earlier
    case (.list(let known, let element), .list(let more, let other)):
      let added = more.filter { !known.contains($0) }
      return .list(known + added, element: known.isEmpty ? other : element)
    default: return later
    }
  }

  // MARK: The table

  /// The members of the object that a row is brought to.
  func fields(of row: Row) -> [Value.RecordField] {
    zip(mapping.columns, row.cells).map { Value.RecordField($0.name, $1) }
      + row.others.map { Value.RecordField($0.name, $0.value) }
  }

  private var families: [Schema.Family] {
    mapping.families.map { family in
      Schema.Family(family.name, missingType: Self.isOfNumbers(family.name) ? .float : .string)
    }
  }

  /// The values of metrics are floats in every store.
  private static func isOfNumbers(_ family: String) -> Bool {
    family == "metrics" || family.hasPrefix("metrics_")
  }

  var emptySchema: Schema {
    var names = mapping.columns.map(\.name)
    if let series = mapping.series { names += [series.key, series.value] }
    return Schema(names.map { Schema.Field($0, .string) }, families: families)
  }

  /// The table with its families marked, and metrics as floats.
  func withFamilies(_ table: Table) -> Table {
    var fields: [Schema.Field] = []
    var columns: [Column] = []
    for (field, column) in zip(table.schema.fields, table.columns) {
      let family = mapping.families.first { field.name.hasPrefix($0.name + ".") }?.name
      let isNumber = family.map(Self.isOfNumbers) ?? (field.name == mapping.series?.value)
      let isEmpty = isNumber && column.nullCount == column.count
      let widened =
        isEmpty
        ? .nulls(.float, count: column.count) : isNumber ? column.widened(to: .float) : column
      fields.append(Schema.Field(field.name, widened.type, family: family))
      columns.append(widened)
    }
    return Table(
      schema: Schema(fields, families: families), columns: columns, rowCount: table.rowCount)
  }

  /// What the user should know.
  func warnings(_ rows: [Row], lostCount: Int) -> [String] {
    guard !rows.isEmpty else { return ["no record of `\(path)` is a row of `\(mapping.table)`"] }
    var warnings = mapping.columns.enumerated().compactMap { (index, column) -> String? in
      guard !column.isOptional, let source = column.pathText,
        rows.allSatisfy({ $0.cells[index].isNull })
      else {
        return nil
      }
      return "no record of `\(path)` has `\(source)`, from which `\(column.name)` is taken"
    }
    if lostCount > 0, let group = mapping.group {
      warnings.append(
        lostCount == 1
          ? "1 record of `\(path)` has no `\(group.text)` and belongs to no row"
          : "\(lostCount) records of `\(path)` have no `\(group.text)` and belong to no row")
    }
    return warnings
  }
}
