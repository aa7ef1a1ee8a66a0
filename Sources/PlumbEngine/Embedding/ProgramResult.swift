import PlumbColumns

/// Something that a program shows.
public enum ProgramResult: Sendable {
  case table(ResultTable)
  case chart(ResultChart)
  case value(ResultValue)
  /// A line of `print`, or text made for reading, such as help.
  case text(String)
}

extension ProgramResult {
  /// The table, if the result is one, or the rows of a chart.
  public var table: ResultTable? {
    switch self {
    case .table(let table): table
    case .chart(let chart): chart.rows
    case .value, .text: nil
    }
  }

  /// The column called `name` as doubles; see ``ResultTable/doubles(_:)``.
  public func doubles(_ name: String) throws(ResultTable.Mismatch) -> [Double?] {
    try required().doubles(name)
  }

  /// The column called `name` as integers; see ``ResultTable/integers(_:)``.
  public func integers(_ name: String) throws(ResultTable.Mismatch) -> [Int?] {
    try required().integers(name)
  }

  /// The column called `name` as text; see ``ResultTable/strings(_:)``.
  public func strings(_ name: String) throws(ResultTable.Mismatch) -> [String?] {
    try required().strings(name)
  }

  private func required() throws(ResultTable.Mismatch) -> ResultTable {
    guard let table else { throw ResultTable.Mismatch(description: "the result is no table") }
    return table
  }
}

/// A value that a program shows.
public enum ResultValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamp(microseconds: Int)
  case duration(microseconds: Int)
  case list([ResultValue])
  /// The fields in order.
  case record([(name: String, value: ResultValue)])

  init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .integer(value)
    case .float(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .timestamp(let value): self = .timestamp(microseconds: value)
    case .duration(let value): self = .duration(microseconds: value)
    case .list(let values, _): self = .list(values.map(ResultValue.init))
    case .record(let fields):
      self = .record(fields.map { ($0.name, ResultValue($0.value)) })
    }
  }
}
