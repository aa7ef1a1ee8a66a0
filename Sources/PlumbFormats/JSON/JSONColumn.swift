import PlumbColumns

/// The cells of a column as they come, each with its kind; the type is decided at the end.
final class JSONColumn {
  let name: String
  private var kinds = GrowableBuffer<UInt8>()
  /// An integer, the bits of a double, the code of a text, or an index into `lists`.
  private var bits = GrowableBuffer<UInt64>()
  private var interner = TextInterner()
  private var lists: [Value] = []
  private var seen: Kinds = []
  /// The texts once there are all.
  private var texts: TextDictionary?
  /// The times that the texts stand for, if they do.
  private var times: [Int] = []

  /// What a cell is. The raw value is kept for each cell.
  enum Kind: UInt8 {
    case null, bool, int, float, text, list
  }

  /// Which kinds of cells a column has.
  struct Kinds: OptionSet {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }
    init(_ kind: Kind) { rawValue = 1 << kind.rawValue }

    static let bool = Kinds(.bool)
    static let int = Kinds(.int)
    static let float = Kinds(.float)
    static let text = Kinds(.text)
    static let list = Kinds(.list)
  }

  init(name: String) { self.name = name }

  /// Whether no cell has a value.
  var isEmpty: Bool { seen.isEmpty }

  // MARK: Cells

  /// Makes the next cell the one of `row`; the rows between have none.
  func advance(to row: Int) {
    let missing = row - kinds.count
    guard missing > 0 else { return }
    kinds.append(repeating: Kind.null.rawValue, count: missing)
    bits.append(repeating: 0, count: missing)
  }

  private func append(_ kind: Kind, _ value: UInt64) {
    kinds.append(kind.rawValue)
    bits.append(value)
    seen.insert(Kinds(kind))
  }

  func append(bool: Bool) { append(.bool, bool ? 1 : 0) }
  func append(int: Int) { append(.int, UInt64(bitPattern: Int64(int))) }
  func append(float: Double) { append(.float, float.bitPattern) }

  func append(text: UnsafeBufferPointer<UInt8>) {
    append(.text, UInt64(interner.intern(text)))
  }

  func append(list: Value) {
    append(.list, UInt64(lists.count))
    lists.append(list)
  }

  private func kind(_ row: Int) -> Kind { Kind(rawValue: kinds[row]) ?? .null }
  private func integer(_ row: Int) -> Int { Int(truncatingIfNeeded: bits[row]) }
  private func double(_ row: Int) -> Double { Double(bitPattern: bits[row]) }

  /// The cell as a value, with the finished texts.
  private func value(_ row: Int, _ texts: TextDictionary) -> Value {
    switch kind(row) {
    case .null: .null
    case .bool: .bool(bits[row] != 0)
    case .int: .int(integer(row))
    case .float: .float(double(row))
    case .text: .string(texts[integer(row)])
    case .list: lists[integer(row)]
    }
  }

  // MARK: The finished column

  /// What kinds of cells there are; texts are complete from here on.
  func close(rowCount: Int) -> Kinds {
    advance(to: rowCount)
    if texts == nil { texts = takeTexts() }
    return seen
  }

  /// Whether every text is one of `NaN`, `Infinity` and `-Infinity`, which stand for numbers.
  var textsAreNotFinite: Bool {
    guard seen.contains(.text) else { return true }
    let texts = dictionary
    return (0..<texts.count).allSatisfy { Self.isNotFinite(texts.utf8($0)) }
  }

  /// Whether every text is a time; looks at each distinct text once.
  func readsAsTimestamps() -> Bool {
    guard seen.contains(.text) else { return true }
    let texts = dictionary
    var found = [Int](repeating: 0, count: texts.count)
    for code in 0..<texts.count {
      guard let time = TimestampText.parse(texts.utf8(code)) else { return false }
      found[code] = time
    }
    times = found
    return true
  }

  /// The type that all lists have in common; nil if there is none.
  func listType(_ start: DataType) -> DataType? {
    var type = start
    for list in lists {
      guard let unified = type.jsonUnified(with: list.type) else { return nil }
      type = unified
    }
    return type
  }

  /// The cells in the form that fits those of all parts of the column.
  ///
  /// - Parameter firstRow: The number of the first row in the table, for errors.
  func column(
    as form: Form, firstRow: Int, path: String
  ) throws(ImportError) -> Column {
    switch form {
    case .nothing: return .nulls(.string, count: kinds.count)
    case .bools: return bools()
    case .integers: return integers()
    case .floats: return floats(dictionary)
    case .timestamps: return timestamps()
    case .strings: return strings(dictionary)
    case .lists(let type):
      return Column(
        (0..<kinds.count).map { row in
          kind(row) == .list ? lists[integer(row)].jsonCoerced(to: type) : .null
        }, type: type)
    case .mixed: return mixed(dictionary)
    case .given(let type):
      return try converted(to: type, dictionary, firstRow: firstRow, path)
    }
  }

  /// What the cells of a column become.
  enum Form {
    case nothing, bools, integers, floats, timestamps, strings
    case lists(DataType)
    /// Texts: strings as they are, all else as JSON.
    case mixed
    /// The type that the user gave.
    case given(DataType)
  }

  private var dictionary: TextDictionary { texts ?? .empty }

  private func takeTexts() -> TextDictionary {
    var taken = TextInterner()
    swap(&taken, &interner)
    if taken.count == 0 { _ = taken.intern("") }
    return taken.finish()
  }

  private static func isNotFinite(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch String(decoding: text, as: UTF8.self) {
    case "NaN", "Infinity", "-Infinity": true
    default: false
    }
  }

  private func bools() -> Column {
    var builder = BoolColumnBuilder(capacity: kinds.count)
    for row in 0..<kinds.count {
      if kind(row) == .bool { builder.append(bits[row] != 0) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private func integers() -> Column {
    var builder = IntegerColumnBuilder(capacity: kinds.count)
    for row in 0..<kinds.count {
      if kind(row) == .int { builder.append(integer(row)) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private func floats(_ texts: TextDictionary) -> Column {
    let named = (0..<texts.count).map { FloatText.parse(texts.utf8($0)) ?? .nan }
    var builder = FloatColumnBuilder(capacity: kinds.count)
    for row in 0..<kinds.count {
      switch kind(row) {
      case .int: builder.append(Double(integer(row)))
      case .float: builder.append(double(row))
      case .text: builder.append(named[integer(row)])
      case .null, .bool, .list: builder.appendNull()
      }
    }
    return builder.finish()
  }

  private func timestamps() -> Column {
    var builder = IntegerColumnBuilder(type: .timestamp, capacity: kinds.count)
    for row in 0..<kinds.count {
      if kind(row) == .text { builder.append(times[integer(row)]) } else { builder.appendNull() }
    }
    return builder.finish()
  }

  private func strings(_ texts: TextDictionary) -> Column {
    var validity = ValidityBuilder()
    let codes = Buffer<UInt32>(count: kinds.count)
    for row in 0..<kinds.count {
      let isText = kind(row) == .text
      codes.base[row] = isText ? UInt32(truncatingIfNeeded: bits[row]) : 0
      if isText { validity.appendValid() } else { validity.appendNull() }
    }
    return Column(
      type: .string, count: kinds.count, storage: .text(Values(codes), texts),
      validity: validity.finish())
  }

  private func mixed(_ texts: TextDictionary) -> Column {
    var builder = TextColumnBuilder(capacity: kinds.count)
    for row in 0..<kinds.count {
      if case .string(let text) = value(row, texts).jsonScalarText {
        builder.append(text)
      } else {
        builder.appendNull()
      }
    }
    return builder.finish()
  }

  // MARK: Given types

  private func converted(
    to type: DataType, _ texts: TextDictionary, firstRow: Int, _ path: String
  ) throws(ImportError) -> Column {
    var builder = ColumnBuilder(type: type, capacity: kinds.count)
    for row in 0..<kinds.count {
      let value = value(row, texts)
      guard let converted = Self.converted(value, to: type) else {
        throw ImportError(
          .badValue,
          "`\(JSONText.write(value))` in column `\(name)`, row \(firstRow + row + 1), is no \(type)",
          remedy: "read the column with another type: `types = {\(name): \"string\"}`",
          location: path)
      }
      builder.append(converted)
    }
    return builder.finish()
  }

  private static func converted(_ value: Value, to type: DataType) -> Value? {
    switch (value, type) {
    case (.null, _): .null
    case (.bool, .bool), (.int, .int), (.float, .float), (.string, .string): value
    case (.int(let integer), .float): .float(Double(integer))
    case (.float(let double), .int): Int(exactly: double).map { .int($0) }
    case (.int(let integer), .bool):
      integer == 0 ? .bool(false) : integer == 1 ? .bool(true) : nil
    case (.int, .duration), (.float, .duration):
      seconds(value).flatMap { Int(exactly: ($0 * 1_000_000).rounded()) }.map { .duration($0) }
    case (.string(let text), .int): IntegerText.parse(text).map { .int($0) }
    case (.string(let text), .float): FloatText.parse(text).map { .float($0) }
    case (.string(let text), .timestamp): TimestampText.parse(text).map { .timestamp($0) }
    case (.string(let text), .duration): DurationText.parse(text).map { .duration($0) }
    case (_, .string): value.jsonScalarText
    default: nil
    }
  }

  private static func seconds(_ value: Value) -> Double? {
    switch value {
    case .int(let integer): Double(integer)
    case .float(let double): double
    default: nil
    }
  }
}

extension DataType {
  /// The type with text where nothing is known of the elements of lists and fields.
  var withoutNull: DataType {
    switch self {
    case .null: .string
    case .list(let element): .list(element.withoutNull)
    case .record(let fields): .record(fields.map { Field($0.name, $0.type.withoutNull) })
    case .bool, .int, .float, .string, .timestamp, .duration: self
    }
  }
}
