import PlumbColumns

/// How a column is laid out in an Arrow file.
indirect enum ArrowColumnType {
  case null
  case bool
  /// 64 bits: ints, timestamps and durations.
  case integer(DataType)
  case float
  case text(isLarge: Bool)
  /// Places of 32 bits in the dictionary of a number.
  case dictionary(Int)
  case list(ArrowColumnType)
  case record([(name: String, type: ArrowColumnType)])

  /// A dictionary pays where texts occur as often as this.
  private static let repeats = 4

  /// The layout of a column of a table; `nextDictionary` is the number of its dictionary, if it
  /// gets one.
  init(_ column: Column, nextDictionary: inout Int) {
    if case .string = column.type, case .constant = column.storage {
      self = .text(isLarge: false)
      return
    }
    if case .string = column.type {
      let dictionary = column.codes().dictionary
      if dictionary.count * Self.repeats <= column.count, dictionary.bytes.count < 1 << 30 {
        self = .dictionary(nextDictionary)
        nextDictionary += 1
        return
      }
    }
    self.init(column)
  }

  /// The layout of a column that has no dictionary of its own.
  private init(_ column: Column) {
    switch column.type {
    case .null: self = .null
    case .bool: self = .bool
    case .int, .timestamp, .duration: self = .integer(column.type)
    case .float: self = .float
    case .string: self = .text(isLarge: Self.needsLargeOffsets(column))
    case .list(let element):
      guard case .list(_, let elements) = column.storage else {
        self = .list(ArrowColumnType(.nulls(element, count: 0)))
        return
      }
      self = .list(ArrowColumnType(elements))
    case .record(let fields):
      guard case .record(let columns) = column.storage else {
        self = .record(
          fields.map { ($0.name, ArrowColumnType(.nulls($0.type, count: 0))) })
        return
      }
      self = .record(zip(fields, columns).map { ($0.name, ArrowColumnType($1)) })
    }
  }

  /// Whether the texts of a batch may take more bytes than 32 bits can count.
  private static func needsLargeOffsets(_ column: Column) -> Bool {
    let dictionary = column.codes().dictionary
    var longest = 0
    for code in 0..<dictionary.count { longest = max(longest, dictionary.utf8(code).count) }
    return longest * min(column.count, Table.chunkRows) > Int(Int32.max)
  }

  // MARK: The schema

  /// The table `Field` of the format.
  func field(_ name: String) -> [FlatBuilder.Field] {
    var fields = [FlatBuilder.Field(0, .text(name)), FlatBuilder.Field(1, .byte(1))]
    let (number, type) = typeTable
    fields.append(FlatBuilder.Field(2, .byte(number)))
    fields.append(FlatBuilder.Field(3, .table(type)))
    if case .dictionary(let id) = self {
      let indices = [FlatBuilder.Field(0, .int32(32)), FlatBuilder.Field(1, .byte(1))]
      fields.append(
        FlatBuilder.Field(
          4,
          .table([FlatBuilder.Field(0, .int64(Int64(id))), FlatBuilder.Field(1, .table(indices))])))
    }
    fields.append(FlatBuilder.Field(5, .tables(children)))
    return fields
  }

  private var children: [[FlatBuilder.Field]] {
    switch self {
    case .list(let element): [element.field("item")]
    case .record(let fields): fields.map { $0.type.field($0.name) }
    case .null, .bool, .integer, .float, .text, .dictionary: []
    }
  }

  /// The number in the union `Type`, and the table.
  private var typeTable: (UInt8, [FlatBuilder.Field]) {
    switch self {
    case .null: (1, [])
    case .bool: (6, [])
    case .integer(.timestamp):
      (10, [FlatBuilder.Field(0, .int16(2)), FlatBuilder.Field(1, .text("UTC"))])
    case .integer(.duration): (18, [FlatBuilder.Field(0, .int16(2))])
    case .integer: (2, [FlatBuilder.Field(0, .int32(64)), FlatBuilder.Field(1, .byte(1))])
    case .float: (3, [FlatBuilder.Field(0, .int16(2))])
    case .text(let isLarge): (isLarge ? 20 : 5, [])
    case .dictionary: (5, [])
    case .list: (12, [])
    case .record: (13, [])
    }
  }
}
