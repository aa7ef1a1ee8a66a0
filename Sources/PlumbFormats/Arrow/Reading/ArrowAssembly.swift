import PlumbColumns

/// Puts the batches of a file together and makes table columns of its structures and maps.
struct ArrowAssembly {
  private let fields: [ArrowField]
  private let columns: ArrowColumns
  private let path: String

  init(_ fields: [ArrowField], _ columns: ArrowColumns, path: String) {
    self.fields = fields
    self.columns = columns
    self.path = path
  }

  /// A column that becomes one of the table, or several.
  private struct Piece {
    let name: String
    let field: ArrowField
    let column: Column
    let isTop: Bool
  }

  func table(
    _ batches: [[Column]], rowCounts: [Int]
  ) -> (table: Table, warnings: [String]) {
    var pieces: [Piece] = []
    for (index, field) in fields.enumerated() {
      let whole = Column.concatenated(batches.map { $0[index] }, type: columns.type(field))
      add(field.name, field, whole, isTop: true, to: &pieces)
    }
    var names = UniqueNames(pieces.map(\.name), path: path)
    var schema: [Schema.Field] = []
    var families: [Schema.Family] = []
    var finished: [Column] = []
    for piece in pieces {
      let name = names.unique(piece.name)
      if piece.isTop, case .map = piece.field.type,
        let type = MapColumns.familyType(piece.column.type)
      {
        if let keys = MapColumns.keys(of: piece.column) {
          families.append(Schema.Family(name, missingType: type))
          for key in keys {
            schema.append(Schema.Field("\(name).\(key)", type, family: name))
            finished.append(MapColumns.member(key, of: piece.column))
          }
          continue
        }
        names.warnings.append(
          "the maps of `\(name)` have more than \(MapColumns.maximumKeys) keys and are read as "
            + "lists of entries")
      }
      schema.append(Schema.Field(name, piece.column.type))
      finished.append(piece.column)
    }
    let notes = fields.flatMap(notes)
    return (
      Table(
        schema: Schema(schema, families: families), columns: finished,
        rowCount: rowCounts.reduce(0, +)),
      names.warnings + notes
    )
  }

  /// A structure is taken apart; a row in which it is null has nulls.
  private func add(
    _ name: String, _ field: ArrowField, _ column: Column, isTop: Bool, to pieces: inout [Piece]
  ) {
    guard case .structure = field.type, case .record(let fields) = column.materialized().storage
    else {
      return pieces.append(Piece(name: name, field: field, column: column, isTop: isTop))
    }
    for (child, values) in zip(field.children, fields) {
      var values = values
      if let outer = column.presence {
        let own = values.presence
        values = values.withValidity(own.map { $0.intersection(outer) } ?? outer)
      }
      add("\(name).\(child.name)", child, values, isTop: false, to: &pieces)
    }
  }

  private func notes(_ field: ArrowField) -> [String] {
    let own: String? =
      switch field.type {
      case .time(_, _, .nanoseconds):
        "`\(field.name)` is in nanoseconds and is read in microseconds, rounded down"
      case .decimal(_, let scale, let precision)
      where precision > 15 && columns.type(field) == .float:
        scale >= 0
          ? "`\(field.name)` is a decimal of \(precision) digits and is read as a float, which "
            + "has about 16" : nil
      default: nil
      }
    return (own.map { [$0] } ?? []) + field.children.flatMap(notes)
  }
}
