/// The way to a part of a JSON text, such as `$.a.b[0]`.
struct JSONPath {
  let steps: [Step]

  enum Step {
    case key(String)
    /// Counted from 0, or from the end below 0.
    case index(Int)
  }

  init(_ text: String) throws(FunctionError) {
    var rest = Substring(text)
    var steps: [Step] = []
    let isRooted = rest.first == "$"
    if isRooted { rest = rest.dropFirst() }
    var isFirst = !isRooted
    while let first = rest.first {
      if first == "[" {
        guard let step = Self.bracket(&rest) else { throw Self.malformed(text) }
        steps.append(step)
      } else {
        // A path may begin with a key, all others stand behind a point.
        if first == "." { rest = rest.dropFirst() } else if !isFirst { throw Self.malformed(text) }
        let key = rest.prefix { $0 != "." && $0 != "[" }
        guard !key.isEmpty else { throw Self.malformed(text) }
        steps.append(.key(String(key)))
        rest = rest.dropFirst(key.count)
      }
      isFirst = false
    }
    self.steps = steps
  }

  /// Reads `[0]` or `["key"]`.
  private static func bracket(_ rest: inout Substring) -> Step? {
    rest = rest.dropFirst()
    if let quote = rest.first, quote == "\"" || quote == "'" {
      rest = rest.dropFirst()
      let key = rest.prefix { $0 != quote }
      rest = rest.dropFirst(key.count)
      guard rest.hasPrefix("\(quote)]") else { return nil }
      rest = rest.dropFirst(2)
      return .key(String(key))
    }
    let number = rest.prefix { $0 != "]" }
    guard let index = Int(number), rest.count > number.count else { return nil }
    rest = rest.dropFirst(number.count + 1)
    return .index(index)
  }

  private static func malformed(_ text: String) -> FunctionError {
    FunctionError(
      "`\(text)` is not a path into JSON", hint: "paths look like `$.a.b[0]` or `$[\"odd key\"]`")
  }
}
