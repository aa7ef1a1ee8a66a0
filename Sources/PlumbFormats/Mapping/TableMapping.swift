package import PlumbColumns

/// How the records of an export become the rows of a table: what a mapping file says.
package struct TableMapping: Sendable {
  /// The table that the rows are of.
  package let table: String
  /// Where the rows stand within each record; nil when the record is the row.
  let rows: ValuePath?
  /// What tells the records of one row apart from others, where several records tell of one row.
  let group: ValuePath?
  /// The time by which the records of one row follow each other; nil where they do in the file.
  let order: ValuePath?
  let conditions: [Condition]
  let columns: [ColumnMapping]
  /// The names of the columns, in the order of the file.
  package var columnNames: [String] { columns.map(\.name) }
  /// Columns made of members whose names the mapping does not know.
  let families: [FamilyMapping]
  /// Whether the members that are left become rows of their own.
  let series: SeriesMapping?
  /// What a record must all have for its file to be read through this mapping without being told
  /// to; nothing where the mapping must be named.
  private let marks: [ValuePath]

  /// A path that must have one of some values.
  struct Condition: Sendable {
    let path: ValuePath
    let values: [Value]

    func holds(row: Value, record: Value) -> Bool {
      values.contains(path.value(in: path.isFromTop ? record : row))
    }
  }

  /// Reads a mapping file.
  ///
  /// - Parameter name: How messages call it.
  package init(yaml text: String, name: String) throws(ImportError) {
    func mistake(_ message: String) -> ImportError {
      ImportError(
        .badOption, "the mapping `\(name)` \(message)",
        remedy: "a mapping has `table` and `columns`, and may have `rows`, `where`, `group`, "
          + "`order`, `unpivot` and `recognize`")
    }
    let documents = try YAMLNode.documents(Array(text.utf8), path: name)
    guard documents.count == 1, case .map(let members) = documents[0] else {
      throw mistake("is no map")
    }
    let known = [
      "table", "about", "recognize", "rows", "group", "order", "where", "columns", "unpivot",
    ]
    for (key, _) in members where !known.contains(key) { throw mistake("has no member `\(key)`") }
    guard let table = documents[0]["table"]?.text else { throw mistake("names no `table`") }
    self.table = table
    marks = try Self.paths(documents[0]["recognize"], "recognize", mistake)
    rows = try Self.path(documents[0]["rows"], "rows", mistake)
    group = try Self.path(documents[0]["group"], "group", mistake)
    conditions = try Self.conditions(documents[0]["where"], "where", mistake)
    guard case .map(let columns)? = documents[0]["columns"], !columns.isEmpty else {
      throw mistake("has no `columns`")
    }
    order = try Self.path(documents[0]["order"], "order", mistake)
    var read: [ColumnMapping] = []
    var families: [FamilyMapping] = []
    for (name, node) in columns {
      if name.hasSuffix(".*") {
        families.append(try FamilyMapping(String(name.dropLast(2)), node, mistake))
      } else {
        read.append(try ColumnMapping(name, node, mistake))
      }
    }
    self.columns = read
    self.families = families
    series = try documents[0]["unpivot"].map { (node) throws(ImportError) in
      try SeriesMapping(node, mistake)
    }
    let names =
      read.map(\.name) + families.map { $0.name + ".*" }
      + (series.map { [$0.key, $0.value] } ?? [])
    var seen: Set<String> = []
    if let twice = names.first(where: { !seen.insert($0).inserted }) {
      throw mistake("names the column `\(twice)` twice")
    }
  }

  /// Whether a record is of the kind that the mapping says it is for.
  func recognizes(_ record: Value) -> Bool {
    !marks.isEmpty && marks.allSatisfy { !$0.value(in: record).isNull }
  }

  /// The members that columns are taken from, by the first parts of their paths.
  var takenMembers: Set<String> {
    Set(
      columns.flatMap { $0.paths.map(\.firstKey) } + families.flatMap { $0.paths.map(\.firstKey) })
  }

  /// Several paths, of which the first that leads to a value counts.
  static func paths(
    _ node: YAMLNode?, _ member: String, _ mistake: (String) -> ImportError
  ) throws(ImportError) -> [ValuePath] {
    guard case .list(let nodes)? = node else {
      return try path(node, member, mistake).map { [$0] } ?? []
    }
    var paths: [ValuePath] = []
    for node in nodes {
      if let path = try path(node, member, mistake) { paths.append(path) }
    }
    return paths
  }

  static func path(
    _ node: YAMLNode?, _ member: String, _ mistake: (String) -> ImportError
  ) throws(ImportError) -> ValuePath? {
    guard let node else { return nil }
    guard let text = node.text, let path = ValuePath(text) else {
      throw mistake("has a `\(member)` that is no path, such as `payload.model`")
    }
    return path
  }

  static func conditions(
    _ node: YAMLNode?, _ member: String, _ mistake: (String) -> ImportError
  ) throws(ImportError) -> [Condition] {
    guard let node else { return [] }
    guard case .map(let members) = node else {
      throw mistake("has a `\(member)` that is no map of paths to values")
    }
    var conditions: [Condition] = []
    for (key, value) in members {
      guard let path = ValuePath(key) else { throw mistake("has no path `\(key)` in `\(member)`") }
      if case .list(let elements) = value {
        conditions.append(Condition(path: path, values: elements.map(\.value)))
      } else {
        conditions.append(Condition(path: path, values: [value.value]))
      }
    }
    return conditions
  }
}

/// Where a column's cells come from.
struct ColumnMapping: Sendable {
  let name: String
  /// The first that leads to a value counts.
  let paths: [ValuePath]
  private let constant: Value?
  /// What values become; others stay unless there is `otherwise`.
  private let values: [(from: String, to: Value)]
  private let otherwise: Value?
  /// A part of a text: the text is split here, and the part of this number taken.
  private let separator: String?
  private let part: Int
  /// Of each element of a list, the texts at these paths, joined by the separator.
  private let joined: [ValuePath]
  /// The unit of a number that is a time since 1970: `s`, `ms`, `us` or `ns`.
  private let unit: TimeUnit?
  private let conditions: [TableMapping.Condition]
  /// Whether an export without it is nothing to tell of.
  let isOptional: Bool

  init(
    _ name: String, _ node: YAMLNode, _ mistake: (String) -> ImportError
  ) throws(ImportError) {
    self.name = name
    guard case .map(let members) = node else {
      paths = try TableMapping.paths(node, name, mistake)
      constant = nil
      values = []
      otherwise = nil
      separator = nil
      part = 0
      joined = []
      unit = nil
      conditions = []
      isOptional = false
      return
    }
    let known = [
      "path", "value", "values", "otherwise", "split", "part", "join", "unit", "when", "optional",
    ]
    for (key, _) in members where !known.contains(key) {
      throw mistake("has no member `\(key)` for the column `\(name)`")
    }
    paths = try TableMapping.paths(node["path"], name, mistake)
    constant = node["value"]?.value
    guard !paths.isEmpty || constant != nil else {
      throw mistake("says neither `path` nor `value` for the column `\(name)`")
    }
    if case .map(let pairs)? = node["values"] {
      values = pairs.map { ($0.key, $0.value.value) }
    } else {
      values = []
    }
    otherwise = node["otherwise"]?.value
    separator = node["split"]?.text
    part = node["part"]?.integer ?? 0
    isOptional = node["optional"]?.value == .bool(true)
    joined = try TableMapping.paths(node["join"], name, mistake)
    if let text = node["unit"]?.text {
      guard let unit = TimeUnit(rawValue: text) else {
        throw mistake(
          "has the unit `\(text)` for the column `\(name)`, which is none of s, ms, us, ns")
      }
      self.unit = unit
    } else {
      unit = nil
    }
    conditions = try TableMapping.conditions(node["when"], name, mistake)
  }

  /// The paths that the cells come from, for messages.
  var pathText: String? {
    paths.isEmpty ? nil : paths.map(\.text).joined(separator: "` or `")
  }

  func value(row: Value, record: Value) -> Value {
    guard conditions.allSatisfy({ $0.holds(row: row, record: record) }) else { return .null }
    guard !paths.isEmpty else { return constant ?? .null }
    var value = Value.null
    for path in paths where value.isNull {
      value = path.value(in: path.isFromTop ? record : row)
    }
    if !joined.isEmpty, case .list(let elements, _) = value {
      let texts = elements.map { element in
        joined.compactMap { $0.value(in: element).plainText }.joined(separator: separator ?? "/")
      }
      return .list(texts.map { .string($0) }, element: .string)
    }
    if let unit, let time = unit.timestamp(value) { return time }
    if let separator, !separator.isEmpty, case .string(let text) = value {
      let parts = text.components(by: separator)
      let position = part < 0 ? parts.count + part : part
      value = parts.indices.contains(position) ? .string(parts[position]) : .null
    }
    if let mapped = values.first(where: { value.isWritten($0.from) }) {
      return mapped.to
    }
    if let otherwise, !value.isNull { return otherwise }
    return value
  }
}

extension Value {
  /// Whether a mapping's text stands for the value.
  fileprivate func isWritten(_ text: String) -> Bool {
    switch self {
    case .string(let own): own == text
    case .int(let number): String(number) == text
    case .bool(let flag): text.lowercased() == (flag ? "true" : "false")
    case .null, .float, .timestamp, .duration, .list, .record: false
    }
  }

  /// A text or a whole number as text.
  fileprivate var plainText: String? {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .null, .bool, .float, .timestamp, .duration, .list, .record: nil
    }
  }
}

/// The unit of a number that is a time since 1970.
enum TimeUnit: String {
  case seconds = "s"
  case milliseconds = "ms"
  case microseconds = "us"
  case nanoseconds = "ns"

  /// The time that a number is; nil for other values and for times out of range.
  func timestamp(_ value: Value) -> Value? {
    let number: Double
    switch value {
    case .int(let integer): number = Double(integer)
    case .float(let double): number = double
    case .null, .bool, .string, .timestamp, .duration, .list, .record: return nil
    }
    let scale: Double =
      switch self {
      case .seconds: 1e6
      case .milliseconds: 1e3
      case .microseconds: 1
      case .nanoseconds: 1e-3
      }
    let micro = (number * scale).rounded()
    return abs(micro) < 0x1p62 ? .timestamp(Int(micro)) : nil
  }
}

extension String {
  /// The parts between the places of a separator.
  fileprivate func components(by separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let place = rest.firstRange(of: separator) {
      parts.append(String(rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    return parts + [String(rest)]
  }
}
