import PlumbColumns

/// A format such as `>8`, `,.2f`, `.1%` or `x`: Python's format specification.
///
/// `[[fill]align][sign][0][width][,][.precision][type]`, with `align` one of `<` `>` `^` `=`,
/// `sign` one of `+` `-` and a space, `,` or `_` to group thousands, and `type` one of
/// `d x X b o` (ints), `f F e E g G %` (numbers) and `s` (text).
struct FormatSpec {
  /// Where a text stands in its width.
  enum Alignment { case left, right, center, afterSign }

  var fill: Character = " "
  var alignment: Alignment?
  /// What stands before a number that is not negative.
  var plusSign = ""
  var width = 0
  var grouping: Character?
  var precision: Int?
  var type: Character?

  static let maximumWidth = 1_000
  static let maximumPrecision = 300
  static let defaultPrecision = 6

  init(_ text: String) throws(FunctionError) {
    var rest = Substring(text)
    if let second = rest.dropFirst().first, let alignment = Self.alignments[second],
      let first = rest.first
    {
      (fill, self.alignment) = (first, alignment)
      rest = rest.dropFirst(2)
    } else if let first = rest.first, let alignment = Self.alignments[first] {
      self.alignment = alignment
      rest = rest.dropFirst()
    }
    if let sign = rest.first, "+- ".contains(sign) {
      if sign != "-" { plusSign = String(sign) }
      rest = rest.dropFirst()
    }
    if rest.first == "0" {
      // Zeros before the digits, unless an alignment was given.
      if alignment == nil { (fill, alignment) = ("0", .afterSign) }
      rest = rest.dropFirst()
    }
    width = try Self.number(&rest, text, limit: Self.maximumWidth) ?? 0
    if let mark = rest.first, mark == "," || mark == "_" {
      grouping = mark
      rest = rest.dropFirst()
    }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard let digits = try Self.number(&rest, text, limit: Self.maximumPrecision) else {
        throw Self.malformed(text)
      }
      precision = digits
    }
    if let last = rest.first, "dxXbofFeEgG%s".contains(last) {
      type = last
      rest = rest.dropFirst()
    }
    guard rest.isEmpty else { throw Self.malformed(text) }
  }

  private static let alignments: [Character: Alignment] = [
    "<": .left, ">": .right, "^": .center, "=": .afterSign,
  ]

  private static func number(
    _ rest: inout Substring, _ text: String, limit: Int
  ) throws(FunctionError) -> Int? {
    let digits = rest.prefix { $0 >= "0" && $0 <= "9" }
    guard !digits.isEmpty else { return nil }
    guard digits.utf8.count < 6, let number = Int(digits), number <= limit else {
      throw FunctionError("the format `\(text)` asks for more than \(limit) characters")
    }
    rest = rest.dropFirst(digits.count)
    return number
  }

  static func malformed(_ text: String) -> FunctionError {
    FunctionError(
      "`\(text)` is not a format",
      hint: "formats look like `.3f`, `>10`, `,`, `.1%` or, for times, `%Y-%m-%d`")
  }

  /// Fills up to the width; `sign` counts to the number for all alignments but `=`.
  func padded(sign: String = "", _ body: String, default: Alignment) -> String {
    let missing = width - sign.count - body.count
    guard missing > 0 else { return sign + body }
    let fills = { (count: Int) in String(repeating: fill, count: count) }
    switch alignment ?? `default` {
    case .left: return sign + body + fills(missing)
    case .right: return fills(missing) + sign + body
    case .center: return fills(missing / 2) + sign + body + fills(missing - missing / 2)
    case .afterSign: return sign + fills(missing) + body
    }
  }
}
