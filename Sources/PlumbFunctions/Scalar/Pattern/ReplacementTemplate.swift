/// The new text of `replace_regex`, with places for groups.
struct ReplacementTemplate {
  private var pieces: [Piece] = []

  private enum Piece {
    case literal([UInt8])
    case group(Int)
  }

  init(_ text: String, for regex: RegularExpression) throws(FunctionError) {
    var rest = Substring(text)
    var literal = ""
    while let first = rest.popFirst() {
      guard first == "$" || first == "\\", let next = rest.first else {
        literal.append(first)
        continue
      }
      if next == first {
        literal.append(next)
        rest.removeFirst()
        continue
      }
      guard let group = try Self.group(&rest, isDollar: first == "$", regex) else {
        literal.append(first)
        continue
      }
      if !literal.isEmpty { pieces.append(.literal(Array(literal.utf8))) }
      literal = ""
      pieces.append(.group(group))
    }
    if !literal.isEmpty { pieces.append(.literal(Array(literal.utf8))) }
  }

  /// Reads `1` or `{name}`; nil when neither follows.
  private static func group(
    _ rest: inout Substring, isDollar: Bool, _ regex: RegularExpression
  ) throws(FunctionError) -> Int? {
    if isDollar, rest.first == "{", let end = rest.firstIndex(of: "}") {
      let name = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
      if let number = Int(name) { return try regex.group(number) }
      return try regex.group(named: name)
    }
    let digits = rest.prefix { $0 >= "0" && $0 <= "9" }.prefix(2)
    guard let number = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    return try regex.group(number)
  }

  /// Writes the new text for a match.
  func append(
    to result: inout [UInt8], _ ranges: [Range<Int>?], _ text: UnsafeBufferPointer<UInt8>
  ) {
    for piece in pieces {
      switch piece {
      case .literal(let bytes): result += bytes
      case .group(let number): if let range = ranges[number] { result += text[range] }
      }
    }
  }
}
