import PlumbColumns

extension YAMLNode {
  /// The node as a value, scalars by the core schema of YAML 1.2: null, bool, int, float, else text.
  var value: Value {
    switch self {
    case .scalar(let text, let isQuoted): isQuoted ? .string(text) : Self.plain(text)
    case .list(let elements): .list(elements.map(\.value), element: .null)
    case .map(let members): .record(members.map { Value.RecordField($0.key, $0.value.value) })
    }
  }

  private static func plain(_ text: String) -> Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    case ".inf", ".Inf", ".INF", "+.inf": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    default: break
    }
    // What begins with a zero is a code, not a number.
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let first = digits.utf8.first, (0x30...0x39).contains(first) || first == 0x2E else {
      return .string(text)
    }
    let isCode = digits.count > 1 && digits.hasPrefix("0") && !digits.hasPrefix("0.")
    if isCode { return .string(text) }
    if let number = Int(text) { return .int(number) }
    return Double(text).map(Value.float) ?? .string(text)
  }

  /// The rows that a document is: the maps of a list, those of the one list that a map holds, or
  /// the map itself.
  var rows: [YAMLNode] {
    switch self {
    case .list(let elements): elements
    case .map(let members):
      if members.count == 1, case .list(let elements) = members[0].value {
        elements
      } else {
        [self]
      }
    case .scalar: []
    }
  }
}
