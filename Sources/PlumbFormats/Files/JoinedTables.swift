import PlumbColumns

/// The rows of several tables one after the other, columns matched by their names.
enum JoinedTables {
  /// A table that was read from a file.
  struct Part {
    let path: String
    let table: Table
  }

  /// Columns come in order of first appearance; a column that a file does not have is null there.
  static func joined(_ parts: [Part]) throws(ImportError) -> Table {
    if parts.count == 1 { return parts[0].table }
    var fields: [Schema.Field] = []
    var places: [String: Int] = [:]
    var paths: [String] = []
    var families: [Schema.Family] = []
    for part in parts {
      for family in part.table.schema.families
      where !families.contains(where: { $0.name == family.name }) {
        families.append(family)
      }
      for field in part.table.schema.fields {
        guard let place = places[field.name] else {
          places[field.name] = fields.count
          fields.append(field)
          paths.append(part.path)
          continue
        }
        let known = fields[place]
        guard let type = known.type.unified(with: field.type),
          type == known.type || type == .float, known.family == field.family
        else {
          throw mismatch(field.name, (known.type, paths[place]), (field.type, part.path))
        }
        fields[place] = Schema.Field(field.name, type, family: field.family)
      }
    }
    let rowCount = parts.reduce(0) { $0 + $1.table.rowCount }
    let columns = fields.map { field in
      Column.concatenated(
        parts.map { part in
          part.table[field.name]?.widened(to: field.type)
            ?? .nulls(field.type, count: part.table.rowCount)
        }, type: field.type)
    }
    return Table(
      schema: Schema(fields, families: families), columns: columns, rowCount: rowCount)
  }

  /// Why columns of one name cannot be one column.
  static func mismatch(
    _ name: String, _ known: (type: DataType, path: String), _ other: (type: DataType, path: String)
  ) -> ImportError {
    ImportError(
      .wrongFormat,
      "the column `\(name)` is \(known.type) in `\(known.path)` and \(other.type) in "
        + "`\(other.path)`",
      remedy: "read them apart and join them with `union` after a conversion")
  }
}

extension Column {
  /// An int column as a float one where another file has floats; a column without a type, which
  /// has nothing but nulls, as one of the type.
  func widened(to type: DataType) -> Column {
    if self.type == .null { return .nulls(type, count: count) }
    guard self.type == .int, type == .float else { return self }
    return Column(type: .float, count: count, storage: .float(doubles()), validity: presence)
  }
}
