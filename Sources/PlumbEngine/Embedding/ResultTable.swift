import PlumbColumns

/// A table that a program shows, read column by column.
public struct ResultTable: Sendable {
  private let table: Table

  init(_ table: Table) { self.table = table }

  /// The number of rows.
  public var rowCount: Int { table.rowCount }

  /// The names of the columns in order.
  public var columnNames: [String] { table.schema.fields.map(\.name) }

  /// The types of the columns in order, as the language writes them.
  public var columnTypes: [String] { table.schema.fields.map(\.type.description) }

  /// A column was asked for that is not there, or as a type that it does not have.
  public struct Mismatch: Error, Sendable, CustomStringConvertible {
    /// What is missing, in one sentence.
    public let description: String

    init(description: String) { self.description = description }
  }

  /// A float or int column; nil where it is null.
  public func doubles(_ name: String) throws(Mismatch) -> [Double?] {
    let column = try column(name, [.float, .int])
    let values = column.doubles()
    return (0..<column.count).map { column.isNull($0) ? nil : values[$0] }
  }

  /// An int column, or the microseconds of a timestamp or duration; nil where it is null.
  public func integers(_ name: String) throws(Mismatch) -> [Int?] {
    let column = try column(name, [.int, .timestamp, .duration])
    let values = column.integers()
    return (0..<column.count).map { column.isNull($0) ? nil : values[$0] }
  }

  /// A bool column; nil where it is null.
  public func bools(_ name: String) throws(Mismatch) -> [Bool?] {
    let column = try column(name, [.bool])
    let values = column.bools()
    return (0..<column.count).map { column.isNull($0) ? nil : values[$0] != 0 }
  }

  /// A text column; nil where it is null.
  public func strings(_ name: String) throws(Mismatch) -> [String?] {
    let column = try column(name, [.string])
    let (codes, dictionary) = column.codes()
    return (0..<column.count).map { column.isNull($0) ? nil : dictionary[Int(codes[$0])] }
  }

  /// A column of any type.
  public func values(_ name: String) throws(Mismatch) -> [ResultValue] {
    guard let column = table[name] else { throw missing(name) }
    return column.values.map(ResultValue.init)
  }

  private func column(_ name: String, _ types: [DataType]) throws(Mismatch) -> Column {
    guard let column = table[name] else { throw missing(name) }
    guard types.contains(column.type) || column.type == .null else {
      throw Mismatch(description: "the column `\(name)` is of type \(column.type)")
    }
    return column
  }

  private func missing(_ name: String) -> Mismatch {
    Mismatch(
      description: "there is no column `\(name)`; there are " + columnNames.joined(separator: ", "))
  }
}
