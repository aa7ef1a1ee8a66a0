import PlumbColumns

/// The tables `params` and `tags`: a row for each key of each run, values as stored.
final class KeyValueTable: TableProvider {
  let name: String
  let summary: String
  private let rows: KeyValueRows
  private let ownerIDs: TextDictionary

  init(name: String, kind: String, rows: KeyValueRows, ownerIDs: TextDictionary) {
    self.name = name
    self.kind = kind
    summary = "A row for each \(kind) of each run, with its text as stored."
    self.rows = rows
    self.ownerIDs = ownerIDs
  }

  /// `kind`: `parameter` or `tag`.
  private let kind: String

  var columnSummaries: [String: String] {
    [
      "run_id": "The run that has the \(kind).", "key": "The name of the \(kind).",
      "value": "The text of the \(kind) as stored.",
    ]
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
