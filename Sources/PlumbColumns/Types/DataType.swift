/// The type of a value, of a column, or of an expression.
package indirect enum DataType: Hashable, Sendable {
  /// The type of the literal `null`, which fits every other type.
  case null
  case bool
  /// 64-bit signed integers.
  case int
  /// IEEE 754 doubles.
  case float
  /// UTF-8 text.
  case string
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamp
  /// Microseconds.
  case duration
  case list(DataType)
  case record([Field])

  /// A field of a record type.
  package struct Field: Hashable, Sendable {
    package let name: String
    package let type: DataType

    package init(_ name: String, _ type: DataType) {
      self.name = name
      self.type = type
    }
  }

  /// Whether arithmetic is defined on the type without a conversion.
  package var isNumeric: Bool { self == .int || self == .float }

  /// Whether values of the type are kept as 64-bit integers.
  package var isIntegerBacked: Bool {
    self == .int || self == .timestamp || self == .duration
  }

  /// Whether values of the type can be compared with `<` and sorted.
  package var isOrdered: Bool {
    switch self {
    case .null, .bool, .int, .float, .string, .timestamp, .duration: true
    case .list(let element): element.isOrdered
    case .record(let fields): fields.allSatisfy(\.type.isOrdered)
    }
  }
}

extension DataType: CustomStringConvertible {
  /// The type as the language writes it.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list<\(element)>"
    case .record(let fields):
      "record{" + fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + "}"
    }
  }
}

extension DataType {
  /// The type as one of its values is called in a sentence: `an int`, `a float`.
  package var withArticle: String { (self == .int ? "an " : "a ") + description }
}

extension DataType {
  /// The one type that holds values of both, if there is one.
  ///
  /// Only two conversions happen by themselves: null fits everything, and an int meets a float
  /// as a float.
  package func unified(with other: DataType) -> DataType? {
    switch (self, other) {
    case _ where self == other: self
    case (.null, _): other
    case (_, .null): self
    case (.int, .float), (.float, .int): .float
    case (.list(let a), .list(let b)): a.unified(with: b).map(DataType.list)
    case (.record(let a), .record(let b)): Self.unifiedRecord(a, b)
    default: nil
    }
  }

  private static func unifiedRecord(_ a: [Field], _ b: [Field]) -> DataType? {
    guard a.count == b.count else { return nil }
    var fields: [Field] = []
    for (left, right) in zip(a, b) {
      guard left.name == right.name, let type = left.type.unified(with: right.type) else {
        return nil
      }
      fields.append(Field(left.name, type))
    }
    return .record(fields)
  }
}
