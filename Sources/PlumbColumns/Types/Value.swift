/// One value of the language, outside any column.
///
/// Rows are never processed as values in bulk; values are for literals, scalars, group results
/// and the edges of the system.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamp(Int)
  /// Microseconds.
  case duration(Int)
  case list([Value], element: DataType)
  case record([RecordField])

  /// A named value of a record.
  package struct RecordField: Sendable, Hashable {
    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// Whether the value is NaN or has one inside: by `==` it then equals nothing.
  package var holdsNaN: Bool {
    switch self {
    case .float(let value): value.isNaN
    case .list(let values, _): values.contains(where: \.holdsNaN)
    case .record(let fields): fields.contains(where: \.value.holdsNaN)
    case .null, .bool, .int, .string, .timestamp, .duration: false
    }
  }

  /// The value's type; the empty list has the element type it was made with.
  package var type: DataType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .string: .string
    case .timestamp: .timestamp
    case .duration: .duration
    case .list(_, let element): .list(element)
    case .record(let fields): .record(fields.map { DataType.Field($0.name, $0.value.type) })
    }
  }

  /// The value converted where the language converts by itself: null and int to float.
  package func coerced(to type: DataType) -> Value {
    switch (self, type) {
    case (.int(let value), .float): .float(Double(value))
    case (.list(let values, _), .list(let element)):
      .list(values.map { $0.coerced(to: element) }, element: element)
    case (.record(let fields), .record(let types)) where fields.count == types.count:
      .record(
        zip(fields, types).map { RecordField($0.name, $0.value.coerced(to: $1.type)) })
    default: self
    }
  }
}

extension Value: Hashable {
  /// Equality as the language's `==` has it for group keys: null equals null, all NaN are one.
  package static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.int(let x), .int(let y)): x == y
    case (.float(let x), .float(let y)): x == y || (x.isNaN && y.isNaN)
    case (.int(let x), .float(let y)): Double(x) == y
    case (.float(let x), .int(let y)): x == Double(y)
    case (.string(let x), .string(let y)): x.utf8.elementsEqual(y.utf8)
    case (.timestamp(let x), .timestamp(let y)): x == y
    case (.duration(let x), .duration(let y)): x == y
    case (.list(let x, _), .list(let y, _)): x == y
    case (.record(let x), .record(let y)): x == y
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let x): hasher.combine(x)
    case .int(let x): hasher.combine(Double(x).bitPattern)
    case .float(let x): hasher.combine((x.isNaN ? Double.nan : x + 0).bitPattern)
    case .string(let x): x.utf8.forEach { hasher.combine($0) }
    case .timestamp(let x), .duration(let x): hasher.combine(x)
    case .list(let x, _): hasher.combine(x)
    case .record(let x): hasher.combine(x)
    }
  }
}
