package import PlumbColumns

extension AuditReport {
  /// The outcomes as a table, a row a check.
  package var outcomeTable: Table {
    let schema = Schema([
      Schema.Field("check", .string), Schema.Field("title", .string),
      Schema.Field("severity", .string), Schema.Field("outcome", .string),
      Schema.Field("subjects", .int), Schema.Field("evaluated", .int),
      Schema.Field("failing", .int), Schema.Field("waived", .int), Schema.Field("reason", .string),
    ])
    let rows: [[Value]] = results.map { result in
      [
        .string(result.definition.id), .string(result.definition.title),
        .string(result.severity.rawValue), .string(result.outcome.rawValue),
        .number(result.scopeCount), .number(result.evaluatedCount), .int(result.findings.count),
        .int(result.waivedFindings.count), .text(result.summaryText),
      ]
    }
    let columns = schema.fields.enumerated().map { index, field in
      Column(rows.map { $0[index] }, type: field.type)
    }
    return Table(schema: schema, columns: columns, rowCount: rows.count)
  }
}
