import PlumbColumns

/// The regular expressions of an argument, each distinct pattern compiled once.
final class PatternArgument {
  private let texts: TextRows
  private var compiled: [UInt32: RegularExpression] = [:]

  init(_ call: KernelCall, _ index: Int) { texts = call.text(index) }

  /// The regular expression of a row.
  func at(_ row: Int) throws(FunctionError) -> RegularExpression {
    let code = texts.codes[row]
    if let known = compiled[code] { return known }
    let regex = try RegularExpression.compile(texts[row])
    compiled[code] = regex
    return regex
  }
}

extension RegularExpression {
  /// Checks that a group exists.
  func group(_ number: Int) throws(FunctionError) -> Int {
    guard number >= 0, number <= groupCount else {
      throw FunctionError("the regular expression `\(pattern)` has no group \(number)")
    }
    return number
  }

  /// The number of a named group.
  func group(named name: String) throws(FunctionError) -> Int {
    guard let number = groupNames[name] else {
      throw FunctionError(
        "the regular expression `\(pattern)` has no group `\(name)`",
        hint: "a group gets a name by `(?<\(name)>...)`")
    }
    return number
  }
}
