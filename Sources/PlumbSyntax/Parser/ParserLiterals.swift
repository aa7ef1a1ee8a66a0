import PlumbDiagnostics

/// Numbers, times and constants. A malformed one is reported and has some value.
extension Parser {
  mutating func parseLiteral() -> Expression {
    let token = token
    let spelling = text(token)
    let value: Literal.Value
    switch token.kind {
    case .true: value = .bool(true)
    case .false: value = .bool(false)
    case .integer: value = .int(integer(spelling, token))
    case .float: value = .float(float(spelling, token))
    case .duration: value = .duration(duration(spelling, token))
    case .timestamp: value = .timestamp(timestamp(spelling, token))
    default: value = .null
    }
    advance()
    return .literal(Literal(value: value, range: range(token)))
  }

  /// `-9223372036854775808`, whose digits alone do not fit.
  mutating func parseSmallestInteger() -> Expression? {
    let digits = peek()
    guard digits.kind == .integer, !digits.startsLine, digits.end - digits.start >= 19,
      text(digits).filter({ $0 != "_" }) == "9223372036854775808"
    else { return nil }
    let next = peek(2)
    guard next.kind != .power || next.startsLine && openBrackets.isEmpty else { return nil }
    let place = range(token).union(range(digits))
    advance()
    advance()
    height = 1
    return .literal(Literal(value: .int(.min), range: place))
  }

  private mutating func integer(_ spelling: String, _ token: Token) -> Int64 {
    let isHex = spelling.hasPrefix("0x") || spelling.hasPrefix("0X")
    let digits = isHex ? spelling.dropFirst(2) : spelling[...]
    guard groupsDigitsWell(digits) else {
      reportNumber("malformed number `\(shortened(spelling))`", token)
      return 0
    }
    // Bytes: a character of a number of megabytes costs a hundred times as much.
    let plain = String(decoding: digits.utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    if isHex, plain.utf8.contains(where: { $0.hexValue == nil }) {
      reportNumber("malformed number `\(shortened(spelling))`", token, "digits are 0-9 and a-f")
      return 0
    }
    if let value = Int64(plain, radix: isHex ? 16 : 10) { return value }
    reportNumber(
      "the integer `\(shortened(spelling))` does not fit in 64 bits", token,
      isHex ? nil : "as a float it is written with `.0`")
    return 0
  }

  private mutating func float(_ spelling: String, _ token: Token) -> Double {
    guard spelling.split(whereSeparator: { ".eE+-".contains($0) }).allSatisfy(groupsDigitsWell),
      let value = Double(spelling.filter { $0 != "_" })
    else {
      reportNumber("malformed number `\(shortened(spelling))`", token)
      return 0
    }
    if value.isInfinite {
      reportNumber("the float `\(shortened(spelling))` is too large", token, "infinity is `inf`")
    }
    return value
  }

  /// Underscores stand between digits only.
  private func groupsDigitsWell(_ digits: Substring) -> Bool {
    guard let first = digits.utf8.first, let last = digits.utf8.last else { return false }
    let underscore = UInt8(ascii: "_")
    if first == underscore || last == underscore { return false }
    var previous: UInt8 = 0
    for byte in digits.utf8 {
      if byte == underscore, previous == underscore { return false }
      previous = byte
    }
    return true
  }

  private mutating func reportNumber(_ message: String, _ token: Token, _ label: String? = nil) {
    report(.badNumber, message, at: range(token), label: label)
  }

  private func shortened(_ spelling: String) -> String {
    spelling.utf8.count > 40 ? "\(spelling.prefix(40))…" : spelling
  }

  // MARK: Durations

  private mutating func duration(_ spelling: String, _ token: Token) -> Int64 {
    let number = spelling.prefix { $0.isNumber || $0 == "_" || $0 == "." }
    let unit = spelling[number.endIndex...]
    guard let length = microseconds(ofUnit: unit) else {
      reportUnknownUnit(unit, number, token)
      return 0
    }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy(groupsDigitsWell) else {
      report(.badDuration, "malformed duration `\(shortened(spelling))`", at: range(token))
      return 0
    }
    let whole = Int64(parts[0].filter { $0 != "_" })
    guard let whole, case let (product, overflow) = whole.multipliedReportingOverflow(by: length),
      !overflow
    else {
      report(.badDuration, "the duration `\(shortened(spelling))` does not fit", at: range(token))
      return 0
    }
    guard parts.count == 2 else { return product }
    guard let fraction = fractionalMicroseconds(parts[1].filter { $0 != "_" }, length) else {
      report(
        .badDuration, "the duration `\(shortened(spelling))` is no whole number of microseconds",
        at: range(token))
      return 0
    }
    let (sum, sumOverflow) = product.addingReportingOverflow(fraction)
    if sumOverflow {
      report(.badDuration, "the duration `\(shortened(spelling))` does not fit", at: range(token))
    }
    return sum
  }

  /// `0.digits` of a unit, exactly.
  private func fractionalMicroseconds(_ digits: String, _ unit: Int64) -> Int64? {
    var significant = Substring(digits)
    while significant.last == "0" { significant.removeLast() }
    // No unit is divisible by a greater power of ten.
    guard significant.utf8.count <= 12 else { return nil }
    var scale: Int64 = 1
    for _ in significant.utf8 { scale *= 10 }
    let (product, overflow) = (Int64(significant) ?? 0).multipliedReportingOverflow(by: unit)
    return !overflow && product % scale == 0 ? product / scale : nil
  }

  private func microseconds(ofUnit unit: Substring) -> Int64? {
    switch unit {
    case "us": 1
    case "ms": 1_000
    case "s": 1_000_000
    case "m": 60_000_000
    case "h": 3_600_000_000
    case "d": 86_400_000_000
    case "w": 604_800_000_000
    default: nil
    }
  }

  private mutating func reportUnknownUnit(
    _ unit: Substring, _ number: Substring, _ token: Token
  ) {
    let label: String
    switch unit.lowercased() {
    case "e":
      return report(
        .badNumber, "malformed number `\(shortened(String(number + unit)))`", at: range(token),
        label: "digits follow the `e`: `1e3`")
    case "mo", "mon", "month", "months", "q", "y", "yr", "year", "years":
      label = "calendar steps are functions: `add_months(time, n)`"
    case "min", "mins", "minute", "minutes":
      label = "minutes are written `\(shortened(String(number)))m`"
    case "sec", "secs", "second", "seconds":
      label = "seconds are written `\(shortened(String(number)))s`"
    case "hr", "hrs", "hour", "hours": label = "hours are written `\(shortened(String(number)))h`"
    case "day", "days": label = "days are written `\(shortened(String(number)))d`"
    case "week", "weeks": label = "weeks are written `\(shortened(String(number)))w`"
    case let unit where unit.first == "t" && unit.dropFirst().first?.isNumber == true:
      label = "a timestamp begins with `@`: `@2026-11-23T10:30`"
    default:
      label =
        durationSum(number + unit).map { "durations are added: `\($0)`" }
        ?? "the units are `us`, `ms`, `s`, `m`, `h`, `d`, `w`"
    }
    report(
      .badDuration, "there is no unit `\(shortened(String(unit)))`", at: range(token), label: label)
  }

  /// `1h + 30m` for `1h30m`; nil where the parts are no durations.
  private func durationSum(_ spelling: Substring) -> String? {
    var parts: [Substring] = []
    var rest = spelling
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber }
      let unit = rest[number.endIndex...].prefix { $0.isLetter }
      guard !number.isEmpty, microseconds(ofUnit: unit) != nil else { return nil }
      parts.append(rest[..<unit.endIndex])
      rest = rest[unit.endIndex...]
    }
    return parts.count > 1 ? parts.prefix(8).joined(separator: " + ") : nil
  }

  // MARK: Timestamps

  /// Whether a timestamp ends in an offset such as `+0200`.
  private func hasBareOffset(_ spelling: String) -> Bool {
    let offset = spelling.suffix(5)
    return spelling.utf8.count <= 40 && spelling.contains(":") && offset.utf8.count == 5
      && (offset.first == "+" || offset.first == "-") && offset.dropFirst().allSatisfy(\.isNumber)
  }

  private mutating func timestamp(_ spelling: String, _ token: Token) -> Int64 {
    var reader = TimestampText(spelling.utf8.dropFirst())
    switch reader.read() {
    case .value(let microseconds): return microseconds
    case .outOfRange(let what):
      report(.badTimestamp, "`\(shortened(spelling))` has \(what)", at: range(token))
    case .malformed:
      report(
        .badTimestamp, "malformed timestamp `\(shortened(spelling))`", at: range(token),
        label: hasBareOffset(spelling)
          ? "the offset has a colon: `\(spelling.dropLast(2)):\(spelling.suffix(2))`"
          : "write `@2026-11-23` or `@2026-11-23T10:30:00Z`")
    }
    return 0
  }
}
