import PlumbColumns

/// The columns that the names of folders give to the files in them (`day=2026-11-01/`), in the
/// manner of Hive: the type of a column is the one that fits all of its values, as in a text file.
struct PartitionColumns: Sendable {
  /// In the order in which they occur.
  let fields: [Schema.Field]
  /// For each file the values in the order of the fields.
  private let values: [[Value]]

  /// The columns of the files, but for those that the files have themselves (`taken`).
  init(
    _ files: [InputFile], taken: Set<String> = [], types: [String: DataType] = [:]
  ) throws(ImportError) {
    var names: [String] = []
    for file in files {
      for partition in file.partitions
      where !taken.contains(partition.key) && !names.contains(partition.key) {
        names.append(partition.key)
      }
    }
    let texts = files.map { file in
      names.map { name in file.partitions.last { $0.key == name }?.value }
    }
    var fields: [Schema.Field] = []
    var values = files.map { _ in [Value]() }
    for (column, name) in names.enumerated() {
      let type = types[name] ?? Self.type(texts.map { $0[column] })
      fields.append(Schema.Field(name, type))
      for (file, texts) in texts.enumerated() {
        guard let value = Self.value(texts[column], type) else {
          throw ImportError(
            .badValue,
            "`\(texts[column] ?? "")` in the folder of `\(files[file].path)` is no \(type)",
            remedy: "read the column with another type: `types = {\(name): \"string\"}`")
        }
        values[file].append(value)
      }
    }
    self.fields = fields
    self.values = values
  }

  /// The keys of folders, which `types` may name beside the columns of the files.
  static func names(_ files: [InputFile]) -> Set<String> {
    Set(files.flatMap { $0.partitions.map(\.key) })
  }

  var isEmpty: Bool { fields.isEmpty }

  /// The value of a column in all rows of a file; nil if it is none of these columns.
  func value(_ name: String, file: Int) -> Value? {
    fields.firstIndex { $0.name == name }.map { values[file][$0] }
  }

  /// The table of all files, one after the other, with these columns after its own.
  func added(to table: Table, rowCounts: [Int]) -> Table {
    guard !isEmpty else { return table }
    let columns = fields.enumerated().map { index, field in
      Column.concatenated(
        zip(values, rowCounts).map {
          Column(constant: $0[index], type: field.type, count: $1)
        }, type: field.type)
    }
    return Table(
      schema: Schema(table.schema.fields + fields, families: table.schema.families),
      columns: table.columns + columns, rowCount: table.rowCount)
  }

  private static func type(_ texts: [String?]) -> DataType {
    var kinds: CellKinds = []
    for case var text? in texts {
      kinds.formUnion(text.withUTF8 { $0.isEmpty ? .text : cellKind($0) })
    }
    return kinds.type ?? .string
  }

  /// The text as a value of the type; nil if it is none.
  private static func value(_ text: String?, _ type: DataType) -> Value? {
    guard var text else { return .null }
    return switch type {
    case .int: IntegerText.parse(text).map { .int($0) }
    case .float: FloatText.parse(text).map { .float($0) }
    case .bool: text.withUTF8 { boolValue($0) }.map { .bool($0) }
    case .timestamp: TimestampText.parse(text).map { .timestamp($0) }
    case .duration: DurationText.parse(text).map { .duration($0) }
    case .string: .string(text)
    case .null, .list, .record: nil
    }
  }
}
