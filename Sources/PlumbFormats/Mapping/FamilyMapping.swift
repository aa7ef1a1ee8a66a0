import PlumbColumns

/// How members whose names are data become columns of a family, such as `params.*` of `config`.
struct FamilyMapping: Sendable {
  /// The family's name, without `.*`.
  let name: String
  /// Where the members stand; the first that leads to a record counts. None for those of the row
  /// that no column is taken from.
  let paths: [ValuePath]
  private let members: MemberChoice
  /// The member of each that holds the value: `{lr: {value: 0.1}}`.
  private let unwrapped: String?

  init(
    _ name: String, _ node: YAMLNode, _ mistake: (String) -> ImportError
  ) throws(ImportError) {
    self.name = name
    guard case .map(let entries) = node else {
      paths = try TableMapping.paths(node, name, mistake)
      members = MemberChoice()
      unwrapped = nil
      return
    }
    for (key, _) in entries where !["path", "unwrap", "only", "except"].contains(key) {
      throw mistake("has no member `\(key)` for the columns `\(name).*`")
    }
    paths = try TableMapping.paths(node["path"], name, mistake)
    unwrapped = node["unwrap"]?.text
    members = try MemberChoice(node, mistake)
  }

  /// The names, with the family's before them, and the values of a row.
  ///
  /// - Parameter taken: The members of the row that columns are taken from.
  func cells(row: Value, record: Value, taken: Set<String>) -> [(name: String, value: Value)] {
    var found: [(String, Value)] = []
    if paths.isEmpty {
      members.collect(row, taken: taken) { found.append((name + "." + $0, $1)) }
      return found
    }
    for path in paths where found.isEmpty {
      let root = path.isFromTop ? record : row
      let value = path.value(in: root)
      members.collect(unwrapped.map { value.unwrapped($0) } ?? value) {
        found.append((name + "." + $0, $1))
      }
      // Flat columns, such as `params.lr` of a CSV file.
      guard case .record(let fields) = root else { continue }
      let prefix = path.text + "."
      for field in fields where field.name.hasPrefix(prefix) && members.takes(field.value) {
        found.append((name + "." + field.name.dropFirst(prefix.count), field.value))
      }
    }
    return found
  }
}

/// How the members of a row that no column is taken from become rows: a key and a value each.
struct SeriesMapping: Sendable {
  let key: String
  let value: String
  private let members: MemberChoice

  init(_ node: YAMLNode, _ mistake: (String) -> ImportError) throws(ImportError) {
    guard case .map(let entries) = node else {
      throw mistake("has an `unpivot` that is no map")
    }
    for (key, _) in entries where !["key", "value", "only", "except"].contains(key) {
      throw mistake("has no member `\(key)` in `unpivot`")
    }
    key = node["key"]?.text ?? "key"
    value = node["value"]?.text ?? "value"
    members = try MemberChoice(node, mistake)
  }

  func cells(row: Value, taken: Set<String>) -> [(key: String, value: Value)] {
    var found: [(String, Value)] = []
    members.collect(row, taken: taken) { found.append(($0, $1)) }
    return found
  }
}

/// Which members of a record are wanted.
struct MemberChoice: Sendable {
  private let kind: Kind
  /// Names that are left out, and beginnings of names (`_*`).
  private let excepted: Set<String>
  private let exceptedPrefixes: [String]

  private enum Kind: String {
    case all, numbers, texts
  }

  init() {
    kind = .all
    excepted = []
    exceptedPrefixes = []
  }

  init(_ node: YAMLNode, _ mistake: (String) -> ImportError) throws(ImportError) {
    if let text = node["only"]?.text {
      guard let kind = Kind(rawValue: text) else {
        throw mistake("says `only: \(text)`, which is neither `numbers` nor `texts`")
      }
      self.kind = kind
    } else {
      kind = .all
    }
    var names: [String] = []
    switch node["except"] {
    case .list(let nodes)?: names = nodes.compactMap(\.text)
    case let one?: names = one.text.map { [$0] } ?? []
    case nil: break
    }
    excepted = Set(names.filter { !$0.hasSuffix("*") })
    exceptedPrefixes = names.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }
  }

  /// Whether a value is of the wanted kind.
  func takes(_ value: Value) -> Bool {
    switch (kind, value) {
    case (_, .null), (_, .record): false
    case (.all, _): true
    case (.numbers, .int), (.numbers, .float): true
    // How JSON writes them.
    case (.numbers, .string(let text)): ["NaN", "Infinity", "-Infinity"].contains(text)
    case (.texts, .int), (.texts, .float): false
    case (.texts, _): true
    case (.numbers, _): false
    }
  }

  /// Gives the wanted members, those of records within by their dotted names.
  ///
  /// A record that says what it is (`_type`), such as a histogram, is none of these.
  func collect(_ value: Value, taken: Set<String> = [], _ body: (String, Value) -> Void) {
    collect(value, prefix: "", taken: taken, body)
  }

  private func collect(
    _ value: Value, prefix: String, taken: Set<String>, _ body: (String, Value) -> Void
  ) {
    guard case .record(let fields) = value else { return }
    for field in fields where !taken.contains(field.name) && !isExcepted(field.name) {
      let name = prefix + field.name
      if case .record(let inner) = field.value {
        guard !inner.contains(where: { $0.name == "_type" }) else { continue }
        collect(field.value, prefix: name + ".", taken: [], body)
      } else if takes(field.value) {
        body(name, field.value)
      }
    }
  }

  private func isExcepted(_ name: String) -> Bool {
    // Marks that records carry beside their own members.
    name.hasPrefix("@") || excepted.contains(name)
      || exceptedPrefixes.contains { name.hasPrefix($0) }
  }
}

extension Value {
  /// A record with each member that is a record replaced by one of its members.
  fileprivate func unwrapped(_ name: String) -> Value {
    guard case .record(let fields) = self else { return self }
    return .record(
      fields.map { field in
        guard case .record(let inner) = field.value,
          let value = inner.last(where: { $0.name == name })
        else { return field }
        return RecordField(field.name, value.value)
      })
  }
}
