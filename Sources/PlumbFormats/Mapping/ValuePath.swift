import PlumbColumns

/// A way into nested values: `payload.model`, `statuses.-1.state`, `labels["app/version"]`, and
/// `inputs.*.name` for all elements of a list; with `/` before it from the whole record instead of
/// one of its rows.
struct ValuePath: Sendable {
  let text: String
  let isFromTop: Bool
  private let keys: [String]

  /// Nil when the text is no path.
  init?(_ text: String) {
    self.text = text
    isFromTop = text.hasPrefix("/")
    var keys: [String] = []
    var rest = isFromTop ? text.dropFirst() : text[...]
    while !rest.isEmpty {
      if rest.hasPrefix("[\"") {
        guard let end = rest.firstRange(of: "\"]") else { return nil }
        keys.append(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound]))
        rest = rest[end.upperBound...]
        if rest.hasPrefix(".") { rest = rest.dropFirst() }
        continue
      }
      let key = rest.prefix { $0 != "." && $0 != "[" }
      guard !key.isEmpty else { return nil }
      keys.append(String(key))
      rest = rest.dropFirst(key.count)
      if rest.hasPrefix(".") {
        rest = rest.dropFirst()
        guard !rest.isEmpty else { return nil }
      }
    }
    guard !keys.isEmpty else { return nil }
    self.keys = keys
  }

  /// The member of the root that the way begins with.
  var firstKey: String { keys[0] }

  /// The value there; null where a part is missing.
  func value(in root: Value) -> Value {
    // A flat column may itself be called `a.b`.
    if case .record(let fields) = root, let field = fields.last(where: { $0.name == text }) {
      return field.value
    }
    return Self.value(in: root, keys[...])
  }

  private static func value(in root: Value, _ keys: ArraySlice<String>) -> Value {
    var value = root
    for (place, key) in zip(keys.indices, keys) {
      if key == "*", case .list(let elements, _) = value {
        let found = elements.map { Self.value(in: $0, keys[(place + 1)...]) }
          .filter { !$0.isNull }
        return .list(found, element: found.first?.type ?? .string)
      }
      value = step(value, key)
    }
    return value
  }

  private static func step(_ value: Value, _ key: String) -> Value {
    switch value {
    case .record(let fields): return fields.last { $0.name == key }?.value ?? .null
    case .list(let elements, _):
      guard let index = Int(key) else { return .null }
      let position = index < 0 ? elements.count + index : index
      return elements.indices.contains(position) ? elements[position] : .null
    default: return .null
    }
  }
}
