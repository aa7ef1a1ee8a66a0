import PlumbColumns

/// The tables `params` and `tags`: a row for each key of each run, values as stored.
final class KeyValueTable: TableProvider {
  let name: String
  let summary: String
  private let rows: KeyValueRows
  private let ownerIDs: TextDictionary

  init(name: String, summary: String, rows: KeyValueRows, ownerIDs: TextDictionary) {
    self.name = name
    self.summary = summary
    self.rows = rows
    self.ownerIDs = ownerIDs
  }

  let schema = Schema([
    Schema.Field("run_id", .string), Schema.Field("key", .string), Schema.Field("value", .string),
  ])

  var knownRowCount: Int? { rows.count }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    let fields = request.columns.compactMap { schema[$0] }
    let columns = fields.map { field in
      switch field.name {
      case "run_id": column(rows.owners, ownerIDs, nil)
      case "key": column(rows.keyCodes, rows.keyTexts, nil)
      default: column(rows.valueCodes, rows.valueTexts, rows.validity)
      }
    }
    return Table(schema: Schema(fields), columns: columns, rowCount: rows.count)
  }

  private func column(
    _ codes: Values<UInt32>, _ texts: TextDictionary, _ validity: Bitmap?
  ) -> Column {
    Column(
      type: .string, count: codes.count, storage: .text(codes, texts), validity: validity)
  }
}
