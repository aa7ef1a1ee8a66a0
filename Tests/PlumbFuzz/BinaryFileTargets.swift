import PlumbColumns
import PlumbFormats

extension FuzzTarget {
  /// Reading any bytes as an Arrow file or stream, and writing what was read in every way.
  package static let arrow = FuzzTarget(name: "arrow") { bytes in
    guard let table = readFile(bytes, ending: ".arrows", control: limited) else { return }
    for (isStream, compression) in [(true, ArrowCompression.none), (false, .lz4), (false, .zstd)] {
      checkWriting(table, ending: ".arrows") { table in
        var written: [UInt8] = []
        var writer = ArrowWriter<Never>(isStream: isStream, compression: compression) {
          written.append(contentsOf: $0)
        }
        writer.write(table)
        return written
      }
    }
  }

  /// Reading any bytes as a Parquet file, also only the row groups that conditions leave, and
  /// writing what was read.
  package static let parquet = FuzzTarget(name: "parquet") { bytes in
    let table = readFile(bytes, ending: ".parquet", control: limited) { schema in
      schema.fields.flatMap { conditions($0) }
    }
    guard let table else { return }
    checkWriting(table, ending: ".parquet") { table in
      var written: [UInt8] = []
      var writer = ParquetWriter<Never>(threadCount: 1) { written.append(contentsOf: $0) }
      writer.write(table)
      return written
    }
  }

  private static let limited = RunControl(memoryLimitBytes: 1 << 30)

  /// Conditions of each kind with a value of the column's type.
  private static func conditions(_ field: Schema.Field) -> [ScanCondition] {
    let value: Value
    switch field.type {
    case .int: value = .int(3)
    case .float: value = .float(0.5)
    case .string: value = .string("m")
    case .timestamp: value = .timestamp(0)
    case .bool: value = .bool(true)
    case .null, .duration, .list, .record: return []
    }
    let tests: [ScanCondition.Test] = [
      .equal(value), .equal(.null), .less(value), .lessOrEqual(value), .greater(value),
      .greaterOrEqual(value), .oneOf([value, .null]),
    ]
    return tests.map { ScanCondition(column: field.name, test: $0) }
  }

  /// Rows whose writing is checked: runs of equal values can stand for any number of rows.
  private static let writtenRows = 10_000

  /// Writes a table and reads it again: the first and the last row must be what they were.
  private static func checkWriting(
    _ table: Table, ending: String, _ write: (Table) -> [UInt8]
  ) {
    guard table.rowCount <= writtenRows, !table.columns.isEmpty else { return }
    let again = write(table).withUnsafeBufferPointer { readFile($0, ending: ending) }
    guard let again else { preconditionFailure("what was written cannot be read") }
    precondition(again.rowCount == table.rowCount)
    precondition(again.schema.fields.map(\.name) == table.schema.fields.map(\.name))
    for (column, other) in zip(table.columns, again.columns) where column.type == other.type {
      for row in [0, table.rowCount - 1] where row >= 0 && row < table.rowCount {
        // As text, because NaN is not equal to itself.
        let texts = [column, other].map { JSONText.write($0.value(at: row)) }
        precondition(texts[0] == texts[1])
      }
    }
  }
}
