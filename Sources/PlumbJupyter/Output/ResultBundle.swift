import PlumbCharts
import PlumbColumns
import PlumbEngine
import PlumbOutput

/// A result in several representations, of which a client shows the richest that it knows.
struct ResultBundle {
  let data: JSONTree
  let metadata: JSONTree

  /// The columns and rows of a table as plain text.
  private static let textWidth = 120
  private static let textRows = 20
  private static let chartWidth = 80

  init(_ result: ShownResult) {
    metadata = [:]
    let options = OutputOptions(
      terminalWidth: Self.textWidth, maxRows: Self.textRows, notes: result.notes)
    switch result {
    case .table(let table, _):
      // No `application/json`: clients would show a tree of it in place of the table.
      data = [
        "text/html": .string(NotebookTable(table, notes: result.notes).html),
        "text/plain": .string(Self.trimmed(OutputFormat.table.text(table, options: options))),
        "application/vnd.dataresource+json": DataResource(table).tree,
      ]
    case .chart(let chart, _):
      guard let scene = try? chart.scene() else {
        data = ["text/plain": ""]
        return
      }
      // No `text/html`: clients would show it in place of the chart.
      data = [
        "application/vnd.vegalite.v5+json": VegaLiteChart(scene).specification,
        "image/svg+xml": .string(SVGChart(scene).text),
        "text/plain": .string(
          Self.trimmed(
            TerminalChart(scene, width: Self.chartWidth).text
              + result.notes.map { $0 + "\n" }.joined())),
      ]
    case .value(let value, _):
      data = [
        "text/plain": .string(Self.trimmed(OutputFormat.table.text(value, options: options)))
      ]
    case .text(let text): data = ["text/plain": .string(Self.trimmed(shown(text)))]
    }
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}

/// The rows of a table for a data explorer (Frictionless Data, "Tabular Data Resource").
struct DataResource {
  let tree: JSONTree

  /// More rows or columns would fill the notebook's file.
  private static let rowLimit = 500
  private static let columnLimit = 50

  init(_ table: Table) {
    let fields = table.schema.fields.prefix(Self.columnLimit)
    let columns = table.columns.prefix(Self.columnLimit)
    let names = fields.map(\.name)
    tree = [
      "schema": [
        "fields": .array(
          fields.map { ["name": .string($0.name), "type": .string(Self.type($0.type))] })
      ],
      "data": .array(
        (0..<min(table.rowCount, Self.rowLimit)).map { row in
          .object(zip(names, columns).map { JSONTree.Member($0, Self.cell($1.value(at: row))) })
        }),
    ]
  }

  private static func type(_ type: DataType) -> String {
    switch type {
    case .bool: "boolean"
    case .int: "integer"
    case .float, .duration: "number"
    case .timestamp: "datetime"
    case .list: "array"
    case .record: "object"
    case .null, .string: "string"
    }
  }

  private static func cell(_ value: Value) -> JSONTree {
    switch value {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .string(let text): .string(text)
    case .timestamp(let time): .string(TimestampText.format(time))
    case .duration(let time): .float(Double(time) / 1_000_000)
    case .list(let values, _): .array(values.map(cell))
    case .record(let fields): .object(fields.map { JSONTree.Member($0.name, cell($0.value)) })
    }
  }
}
