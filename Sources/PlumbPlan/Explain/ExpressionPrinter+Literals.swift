import PlumbColumns

/// Names and values as the language writes them.
extension ExpressionPrinter {
  /// A flat name such as `metrics.val/acc`, each part in backquotes if it is no identifier.
  static func name(_ name: String) -> String {
    var shown = name[...]
    if let zero = name.firstIndex(of: "\u{0}") {
      // What the engine adds to a name comes after a NUL, or the name begins with one.
      shown = zero == name.startIndex ? name.dropFirst() : name[..<zero]
    }
    let parts = shown.split(separator: ".", omittingEmptySubsequences: false)
    if parts.contains(where: \.isEmpty) { return quoted(shown) }
    return parts.map { part(String($0)) }.joined(separator: ".")
  }

  /// One part of a name.
  static func part(_ name: String) -> String {
    let isIdentifier =
      name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      } && name.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    return isIdentifier && !reservedWords.contains(name) ? name : quoted(name[...])
  }

  private static let reservedWords: Set<String> = [
    "and", "or", "not", "in", "between", "if", "then", "else", "case", "fn", "true", "false",
    "null",
  ]

  private static func quoted(_ name: Substring) -> String {
    "`" + String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 0x20 })) + "`"
  }

  static func literal(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .float(let value):
      value.isNaN
        ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : FloatText.format(value)
    case .string(let text): "\"" + escaped(shortened(text)) + "\""
    case .timestamp(let value): "@" + TimestampText.format(value)
    case .duration(let value): duration(value)
    case .list(let values, _): literals(values)
    case .record(let fields):
      "{" + fields.map { "\(part($0.name)): \(literal($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// A list of values; of many the first ones.
  static func literals(_ values: [Value]) -> String {
    let shown = values.prefix(shownCount).map(literal).joined(separator: ", ")
    let hidden = values.count - shownCount
    return "[\(shown)" + (hidden > 0 ? ", … \(hidden) more]" : "]")
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 80 ? text : String(text.prefix(79)) + "…"
  }

  /// The length in its largest whole unit, as a literal has it.
  private static func duration(_ microseconds: Int) -> String {
    let units = [
      ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
      ("ms", 1000),
    ]
    for (unit, length) in units where microseconds != 0 && microseconds % length == 0 {
      return "\(microseconds / length)\(unit)"
    }
    return microseconds == 0 ? "0s" : "\(microseconds)us"
  }
}
