package import PlumbColumns

/// How the records of an export become the rows of a table: what a mapping file says.
package struct TableMapping: Sendable {
  /// The table that the rows are of.
  package let table: String
  /// Where the rows stand within each record; nil when the record is the row.
  let rows: ValuePath?
  /// What tells the records of one row apart from others, where several records tell of one row.
  let group: ValuePath?
  let conditions: [Condition]
  let columns: [ColumnMapping]

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
        remedy: "a mapping has `table` and `columns`, and may have `rows`, `where` and `group`")
    }
    let documents = try YAMLNode.documents(Array(text.utf8), path: name)
    guard documents.count == 1, case .map(let members) = documents[0] else {
      throw mistake("is no map")
    }
    let known = ["table", "about", "rows", "group", "where", "columns"]
    for (key, _) in members where !known.contains(key) { throw mistake("has no member `\(key)`") }
    guard let table = documents[0]["table"]?.text else { throw mistake("names no `table`") }
    self.table = table
    rows = try Self.path(documents[0]["rows"], "rows", mistake)
    group = try Self.path(documents[0]["group"], "group", mistake)
    conditions = try Self.conditions(documents[0]["where"], "where", mistake)
    guard case .map(let columns)? = documents[0]["columns"], !columns.isEmpty else {
      throw mistake("has no `columns`")
    }
    var read: [ColumnMapping] = []
    for (name, node) in columns { read.append(try ColumnMapping(name, node, mistake)) }
    self.columns = read
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
  private let path: ValuePath?
  private let constant: Value?
  /// What values become; others stay unless there is `otherwise`.
  private let values: [(from: String, to: Value)]
  private let otherwise: Value?
  /// A part of a text: the text is split here, and the part of this number taken.
  private let separator: String?
  private let part: Int
  private let conditions: [TableMapping.Condition]

  init(
    _ name: String, _ node: YAMLNode, _ mistake: (String) -> ImportError
  ) throws(ImportError) {
    self.name = name
    guard case .map(let members) = node else {
      path = try TableMapping.path(node, name, mistake)
      constant = nil
      values = []
      otherwise = nil
      separator = nil
      part = 0
      conditions = []
      return
    }
    let known = ["path", "value", "values", "otherwise", "split", "part", "when"]
    for (key, _) in members where !known.contains(key) {
      throw mistake("has no member `\(key)` for the column `\(name)`")
    }
    path = try TableMapping.path(node["path"], name, mistake)
    constant = node["value"]?.value
    guard path != nil || constant != nil else {
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
    conditions = try TableMapping.conditions(node["when"], name, mistake)
  }

  /// The path that the cells come from, for messages.
  var pathText: String? { path?.text }

  func value(row: Value, record: Value) -> Value {
    guard conditions.allSatisfy({ $0.holds(row: row, record: record) }) else { return .null }
    guard let path else { return constant ?? .null }
    var value = path.value(in: path.isFromTop ? record : row)
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
