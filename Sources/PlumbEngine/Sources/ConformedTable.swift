import PlumbAudit
import PlumbColumns
import PlumbFunctions
import Synchronization

/// A table of a file under a name that audits know: its columns in the declared types.
final class ConformedTable: TableProvider {
  let base: any TableProvider
  private let declaration: GovernanceTable
  private let address: String
  let schema: Schema
  /// Converted columns, by name.
  private let converted: Mutex<[String: Column]> = Mutex([:])

  var name: String { declaration.name }
  var summary: String { declaration.summary }
  var columnSummaries: [String: String] { declaration.columnSummaries }
  var knownRowCount: Int? { base.knownRowCount }

  /// The table as audits expect it; the same table when no audit knows its name.
  ///
  /// - Parameter givenTypes: The columns whose types the program has given, which keep them.
  static func conforming(
    _ table: any TableProvider, name: String, address: String, format: String,
    givenTypes: Set<String> = []
  ) -> any TableProvider {
    guard !format.hasPrefix("mlflow"), let declaration = GovernanceCatalog.named(name) else {
      return table
    }
    return ConformedTable(table, declaration, address: address, givenTypes)
  }

  private init(
    _ base: any TableProvider, _ declaration: GovernanceTable, address: String,
    _ givenTypes: Set<String>
  ) {
    self.base = base
    self.declaration = declaration
    self.address = address
    guard !base.schema.fields.isEmpty || base.knownRowCount != 0 else {
      // Without rows JSON has no columns.
      schema = declaration.schema
      return
    }
    var converted: [String: Column] = [:]
    schema = Schema(
      base.schema.fields.map { field in
        guard let declared = declaration[field.name], declared.type != field.type,
          !givenTypes.contains(field.name)
        else { return field }
        let (type, column) = Self.type(of: field, declared, in: base, declaration.isStrict)
        converted[field.name] = column
        return Schema.Field(field.name, type, family: field.family)
      }, families: base.schema.families)
    self.converted.withLock { $0 = converted }
  }

  /// The type that a column gets: the declared one, or its own where that does not fit; and the
  /// column in it where finding out took converting it.
  private static func type(
    of field: Schema.Field, _ declared: GovernanceTable.Column, in base: any TableProvider,
    _ isStrict: Bool
  ) -> (DataType, Column?) {
    if isStrict, !declared.keepsNumbers { return (declared.type, nil) }
    // A column that cannot be read keeps its type, and whoever reads it is told why.
    let table = try? base.scan(ScanRequest(columns: [field.name]), control: RunControl())
    guard let column = table?.columns.first else { return (field.type, nil) }
    if declared.keepsNumbers, column.nullCount < column.count {
      if field.type == .int { return (.int, nil) }
      // Programs that have no missing ints write those of a column with gaps as 2.0.
      if field.type == .float, let ints = try? ColumnConversion(column, to: .int).converted() {
        return (.int, ints)
      }
    }
    if isStrict { return (declared.type, nil) }
    let converted = try? ColumnConversion(column, to: declared.type).converted()
    return (converted == nil ? field.type : declared.type, converted)
  }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    guard !base.schema.fields.isEmpty else {
      return .empty(Schema(request.columns.compactMap { schema[$0] }))
    }
    let table = try base.scan(ScanRequest(columns: request.columns), control: control)
    var columns: [Column] = []
    for (field, column) in zip(table.schema.fields, table.columns) {
      try control.checkImport()
      guard let wanted = schema[field.name], wanted.type != field.type else {
        columns.append(column)
        continue
      }
      if let known = converted.withLock({ $0[field.name] }) {
        columns.append(known)
        continue
      }
      do throws(ColumnConversion.Mistake) {
        let result = try ColumnConversion(column, to: wanted.type).converted()
        converted.withLock { $0[field.name] = result }
        columns.append(result)
      } catch {
        throw ImportError(
          .badValue,
          "`\(field.name)` of `\(name)`, row \(error.row + 1), is `\(error.text)`, which is no "
            + "\(wanted.type)",
          remedy: "`help(\(name))` tells what the columns hold", location: address)
      }
    }
    return Table(
      schema: Schema(request.columns.compactMap { schema[$0] }), columns: columns,
      rowCount: table.rowCount)
  }
}

/// A column brought to another type, value by value.
struct ColumnConversion {
  private let column: Column
  private let type: DataType

  /// A value that does not fit.
  struct Mistake: Error {
    let row: Int
    let text: String
  }

  init(_ column: Column, to type: DataType) {
    self.column = column
    self.type = type
  }

  func converted() throws(Mistake) -> Column {
    if column.nullCount == column.count { return .nulls(type, count: column.count) }
    if column.type == .int, type == .float {
      return Column(
        type: .float, count: column.count, storage: .float(column.doubles()),
        validity: column.validity)
    }
    // Each different value is converted once.
    var known: [Value: Value] = [:]
    var builder = ColumnBuilder(type: type, capacity: column.count)
    for row in 0..<column.count {
      let value = column.value(at: row)
      if let result = known[value] {
        builder.append(result)
        continue
      }
      guard let result = convert(value) else {
        throw Mistake(row: row, text: plainText(value))
      }
      known[value] = result
      builder.append(result)
    }
    return builder.finish()
  }

  /// Nil when the value does not fit the type.
  private func convert(_ value: Value) -> Value? {
    switch (value, type) {
    case (.null, _): .null
    case (.string(let text), _): convert(text)
    case (_, .string): .string(plainText(value))
    case (.int(let number), .float): .float(Double(number))
    case (.float(let number), .int): Int(exactly: number).map(Value.int)
    case (.int(0), .bool): .bool(false)
    case (.int(1), .bool): .bool(true)
    case (.int(let seconds), .duration): duration(Double(seconds))
    case (.float(let seconds), .duration): duration(seconds)
    default: nil
    }
  }

  private func duration(_ seconds: Double) -> Value? {
    Int(exactly: (seconds * 1_000_000).rounded()).map(Value.duration)
  }

  private func convert(_ text: String) -> Value? {
    if text.isEmpty { return .null }
    switch type {
    case .timestamp: return TimestampText.parse(text).map(Value.timestamp)
    case .float: return FloatText.parse(text).map(Value.float)
    case .int: return IntegerText.parse(text).map(Value.int)
    case .duration:
      let utf8 = Array(text.utf8)
      return utf8.withUnsafeBufferPointer { DurationText.parse($0) }.map(Value.duration)
    case .bool:
      switch text.lowercased() {
      case "true", "yes": return .bool(true)
      case "false", "no": return .bool(false)
      default: return nil
      }
    case .list(.string):
      let parts = text.split(separator: ";").map { part in
        Value.string(part.split(separator: " ").joined(separator: " "))
      }
      return .list(parts, element: .string)
    case .string: return .string(text)
    case .null, .list, .record: return nil
    }
  }
}
