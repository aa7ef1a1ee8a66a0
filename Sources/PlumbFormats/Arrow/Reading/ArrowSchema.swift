import PlumbColumns

/// A column of an Arrow schema (`Schema.fbs` of the Apache Arrow columnar format).
struct ArrowField: Sendable {
  let name: String
  let type: ArrowType
  let children: [ArrowField]
  let dictionary: Dictionary?
  /// Whether the 16 bytes of a value are a UUID: the canonical extension type `arrow.uuid`.
  let isUUID: Bool
  /// Where the schema has it, so that it can be told apart from others.
  let number: Int

  /// Values that are places in a dictionary.
  struct Dictionary: Sendable {
    let id: Int
    let indices: ArrowType
  }

  /// Types within types, deeper than any table has them.
  static let maximumDepth = 64
  /// More columns, counted with those within, than any table has.
  static let maximumCount = 100_000

  /// The columns of a schema.
  static func fields(_ schema: FlatTable) throws(FormatFault) -> [ArrowField] {
    guard try schema.integer(0, Int16.self) == 0 else {
      throw schema.fault("its numbers are big-endian", isUnsupported: true)
    }
    var count = 0
    var fields: [ArrowField] = []
    for table in try schema.tables(1) { fields.append(try ArrowField(table, 0, &count)) }
    return fields
  }

  private init(
    _ table: FlatTable, _ depth: Int, _ count: inout Int
  ) throws(FormatFault) {
    number = count
    count += 1
    guard depth <= Self.maximumDepth, count <= Self.maximumCount else {
      throw table.fault("its columns are too many or nested too deep")
    }
    name = try table.text(0)
    var children: [ArrowField] = []
    for child in try table.tables(5) { children.append(try ArrowField(child, depth + 1, &count)) }
    self.children = children
    type = try ArrowType(table, childCount: children.count)
    let meaning = try Self.extensionName(table)
    isUUID = type == .fixedBinary(bytes: 16) && meaning == "arrow.uuid"
    if let encoding = try table.table(4) {
      let indices = try encoding.table(1).map { (table) throws(FormatFault) in
        try ArrowType.integer(table)
      }
      dictionary = Dictionary(
        id: Int(try encoding.integer(0, Int64.self)),
        indices: indices ?? .integer(bits: 32, isSigned: true))
    } else {
      dictionary = nil
    }
  }
}

extension ArrowField {
  /// What the values mean beyond their type; nil where nothing is said.
  private static func extensionName(_ field: FlatTable) throws(FormatFault) -> String? {
    for pair in try field.tables(6) {
      if try pair.text(0) == "ARROW:extension:name" { return try pair.text(1) }
    }
    return nil
  }
}

/// How the values of an Arrow column are laid out and what they mean.
enum ArrowType: Sendable, Equatable {
  case null
  case bool
  case integer(bits: Int, isSigned: Bool)
  case float(bits: Int)
  /// Text or bytes, with offsets of 32 or 64 bits.
  case text(isLarge: Bool)
  case binary(isLarge: Bool)
  /// Text or bytes that lie in several blocks.
  case textView
  case binaryView
  case fixedBinary(bytes: Int)
  case decimal(bytes: Int, scale: Int, precision: Int)
  /// Integers of some bits that stand for a time: microseconds are one `unit`-th of them.
  case time(DataType, bits: Int, ArrowUnit)
  case list(isLarge: Bool)
  case fixedList(count: Int)
  case structure
  case map

  fileprivate static func integer(_ table: FlatTable) throws(FormatFault) -> ArrowType {
    let bits = Int(try table.integer(0, Int32.self))
    guard [8, 16, 32, 64].contains(bits) else {
      throw table.fault("a column has ints of \(bits) bits", isUnsupported: bits == 128)
    }
    return .integer(bits: bits, isSigned: try table.bool(1))
  }

  fileprivate init(_ field: FlatTable, childCount: Int) throws(FormatFault) {
    let kind = Int(try field.integer(2, UInt8.self))
    guard let table = try field.table(3) else { throw field.fault("a column has no type") }
    let name = try field.text(0)
    func unsupported(_ what: String) -> FormatFault {
      field.fault("the column `\(name)` is \(what)", isUnsupported: true)
    }
    let wantedChildren: Int?
    switch kind {
    case 1: (self, wantedChildren) = (.null, 0)
    case 2: (self, wantedChildren) = (try Self.integer(table), 0)
    case 3:
      guard let bits = [0: 16, 1: 32, 2: 64][Int(try table.integer(0, Int16.self))] else {
        throw field.fault("floats of an unknown precision")
      }
      (self, wantedChildren) = (.float(bits: bits), 0)
    case 4, 19: (self, wantedChildren) = (.binary(isLarge: kind == 19), 0)
    case 5, 20: (self, wantedChildren) = (.text(isLarge: kind == 20), 0)
    case 6: (self, wantedChildren) = (.bool, 0)
    case 7: (self, wantedChildren) = (try Self.decimal(table), 0)
    case 8, 9, 10, 18: (self, wantedChildren) = (try Self.time(kind, table), 0)
    case 12, 21: (self, wantedChildren) = (.list(isLarge: kind == 21), 1)
    case 13: (self, wantedChildren) = (.structure, nil)
    case 15:
      let bytes = Int(try table.integer(0, Int32.self))
      guard bytes >= 0 else { throw field.fault("values of \(bytes) bytes") }
      (self, wantedChildren) = (.fixedBinary(bytes: bytes), 0)
    case 16:
      let count = Int(try table.integer(0, Int32.self))
      guard count >= 0 else { throw field.fault("lists of \(count) elements") }
      (self, wantedChildren) = (.fixedList(count: count), 1)
    case 17: (self, wantedChildren) = (.map, 1)
    case 23: (self, wantedChildren) = (.binaryView, 0)
    case 24: (self, wantedChildren) = (.textView, 0)
    case 11: throw unsupported("an interval of months and days")
    case 14: throw unsupported("a union")
    case 22: throw unsupported("run-end encoded")
    case 25, 26: throw unsupported("a list view")
    default: throw unsupported("of the unknown type \(kind)")
    }
    if let wantedChildren, wantedChildren != childCount {
      throw field.fault("the column `\(name)` has \(childCount) columns within it")
    }
  }

  private static func decimal(_ table: FlatTable) throws(FormatFault) -> ArrowType {
    let bits = Int(try table.integer(2, Int32.self, default: 128))
    let scale = Int(try table.integer(1, Int32.self))
    guard [32, 64, 128, 256].contains(bits), scale >= 0, scale <= 100 else {
      throw table.fault("decimals of \(bits) bits and the scale \(scale)", isUnsupported: true)
    }
    return .decimal(
      bytes: bits / 8, scale: scale, precision: Int(try table.integer(0, Int32.self)))
  }

  private static func time(_ kind: Int, _ table: FlatTable) throws(FormatFault) -> ArrowType {
    if kind == 8 {
      // Days in 32 bits, or milliseconds in 64.
      return try table.integer(0, Int16.self, default: 1) == 0
        ? .time(.timestamp, bits: 32, .days) : .time(.timestamp, bits: 64, .milliseconds)
    }
    let unit = try table.integer(0, Int16.self, default: kind == 10 ? 0 : 1)
    guard let unit = ArrowUnit(rawValue: Int(unit)) else { throw table.fault("an unknown unit") }
    switch kind {
    case 9:
      let bits = Int(try table.integer(1, Int32.self, default: 32))
      guard bits == 32 || bits == 64 else { throw table.fault("times of \(bits) bits") }
      return .time(.duration, bits: bits, unit)
    case 10: return .time(.timestamp, bits: 64, unit)
    default: return .time(.duration, bits: 64, unit)
    }
  }
}

/// The unit of a time.
enum ArrowUnit: Int, Sendable {
  case seconds, milliseconds, microseconds, nanoseconds, days

  var scaling: NumberScaling {
    switch self {
    case .seconds: .times(1_000_000)
    case .milliseconds: .times(1000)
    case .microseconds: .one
    case .nanoseconds: .dividedBy(1000)
    case .days: .times(86_400_000_000)
    }
  }
}
