extension TableProfile {
  /// The version of the format, which a reader checks.
  private static let formatVersion = 1

  /// The profile as JSON text, a line.
  package var json: String {
    var tree: JSONTree = ["plumb_profile": .int(Self.formatVersion)]
    append(to: &tree)
    if !keys.isEmpty {
      tree["keys"] = .array(
        keys.map { ["name": .string($0.name), "type": .string($0.type.description)] })
      tree["groups"] = .array(
        groups.map { group in
          var tree: JSONTree = ["key": .array(group.values.map(\.keyJSON))]
          group.profile.append(to: &tree)
          return tree
        })
    }
    return tree.text
  }

  private func append(to tree: inout JSONTree) {
    tree["rows"] = .int(rowCount)
    tree["features"] = .array(features.map(\.json))
  }

  /// Reads what `json` gives; nil where it is no profile of this version, or does not hold together.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> TableProfile? {
    TableProfile(json: try JSONTree.parse(bytes))
  }

  private init?(json tree: JSONTree) {
    guard tree["plumb_profile"]?.int == Self.formatVersion, let whole = Self(part: tree) else {
      return nil
    }
    guard let keyTrees = tree["keys"]?.array else {
      self = whole
      return
    }
    guard let groupTrees = tree["groups"]?.array else { return nil }
    let keys = keyTrees.compactMap(Key.init)
    let groups = groupTrees.compactMap { Group(json: $0, keys) }
    guard keys.count == keyTrees.count, groups.count == groupTrees.count else { return nil }
    self.init(rowCount: whole.rowCount, features: whole.features, keys: keys, groups: groups)
  }

  /// The rows and features of an object.
  fileprivate init?(part tree: JSONTree) {
    guard let rows = tree["rows"]?.amount, let features = tree["features"]?.array else {
      return nil
    }
    let read = features.compactMap(Feature.init)
    guard read.count == features.count else { return nil }
    self.init(rowCount: rows, features: read)
  }

  /// Whether text begins as a profile does.
  package static func recognizes(_ head: [UInt8]) -> Bool {
    head.starts(with: #"{"plumb_profile":"#.utf8)
  }
}

extension TableProfile.Key {
  fileprivate init?(_ tree: JSONTree) {
    guard let name = tree["name"]?.string, let typeName = tree["type"]?.string,
      let type = Self.types.first(where: { $0.description == typeName })
    else { return nil }
    self.init(name: name, type: type)
  }
}

extension TableProfile.Group {
  fileprivate init?(json tree: JSONTree, _ keys: [TableProfile.Key]) {
    guard let values = tree["key"]?.array, values.count == keys.count,
      let profile = TableProfile(part: tree)
    else { return nil }
    var read: [Value] = []
    for (key, value) in zip(keys, values) {
      guard let value = Value(key: value, type: key.type) else { return nil }
      read.append(value)
    }
    self.init(values: read, profile: profile)
  }
}

extension Value {
  /// The value of a key as JSON.
  fileprivate var keyJSON: JSONTree {
    switch self {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .string(let value): .string(value)
    default: .null
    }
  }

  /// The value of a key of a type; nil where the tree holds another.
  fileprivate init?(key tree: JSONTree, type: DataType) {
    switch (tree, type) {
    case (.null, _): self = .null
    case (.bool(let value), .bool): self = .bool(value)
    case (.int(let value), .int): self = .int(value)
    case (.string(let value), .string): self = .string(value)
    default: return nil
    }
  }
}

extension TableProfile.Feature {
  private static let types: [DataType] = [.bool, .int, .float, .string, .duration]

  fileprivate var json: JSONTree {
    var tree: JSONTree = ["name": .string(name), "type": .string(type.description)]
    switch content {
    case .numbers(let numbers):
      tree["count"] = .int(numbers.count)
      tree["missing"] = .int(numbers.missingCount)
      tree["nan"] = .int(numbers.nanCount)
      tree["infinite"] = .int(numbers.infiniteCount)
      // JSON has no infinity, which the deviation of numbers near the largest is.
      tree["deviation"] = numbers.deviation.isFinite ? .float(numbers.deviation) : .null
      tree["rank_error"] = .float(numbers.rankError)
      tree["points"] = .array(numbers.points.map { .float($0) })
    case .categories(let categories):
      tree["missing"] = .int(categories.missingCount)
      tree["categories"] = .array(categories.texts.map { .string($0) })
      tree["counts"] = .array(categories.counts.map { .int($0) })
    }
    return tree
  }

  fileprivate init?(_ tree: JSONTree) {
    guard let name = tree["name"]?.string, let typeName = tree["type"]?.string,
      let type = Self.types.first(where: { $0.description == typeName }),
      let missing = tree["missing"]?.amount
    else { return nil }
    if let texts = tree["categories"]?.array, let counts = tree["counts"]?.array {
      let (read, numbers) = (texts.compactMap(\.string), counts.compactMap(\.amount))
      guard read.count == texts.count, numbers.count == counts.count, read.count == numbers.count
      else { return nil }
      self.init(
        name: name, type: type,
        content: .categories(.init(texts: read, counts: numbers, missingCount: missing)))
      return
    }
    guard let points = tree["points"]?.array, let count = tree["count"]?.amount,
      let nan = tree["nan"]?.amount, let infinite = tree["infinite"]?.amount,
      let spread = tree["deviation"], let error = tree["rank_error"]?.double
    else { return nil }
    let deviation = spread == .null ? .infinity : spread.double ?? -1
    let values = points.compactMap(\.double)
    guard values.count == points.count, count >= values.count, deviation >= 0, error >= 0,
      values.isEmpty == (count == 0),
      zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return nil }
    self.init(
      name: name, type: type,
      content: .numbers(
        .init(
          count: count, missingCount: missing, nanCount: nan, infiniteCount: infinite,
          deviation: deviation, points: values, rankError: error)))
  }
}

extension JSONTree {
  /// The number, if it is one and finite.
  fileprivate var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value.isFinite ? value : nil
    default: nil
    }
  }
}

extension JSONTree {
  /// A number of rows, small enough for sums of many.
  fileprivate var amount: Int? { int.flatMap { (0...(1 << 48)).contains($0) ? $0 : nil } }
}
