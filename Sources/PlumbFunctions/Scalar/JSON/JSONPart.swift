import PlumbColumns

/// A part of a JSON text that is known to be well-formed.
struct JSONPart {
  private let bytes: UnsafeBufferPointer<UInt8>

  /// Finds the part at a path, nil when there is none; the rest of the text is checked as well.
  init?(_ text: UnsafeBufferPointer<UInt8>, _ path: JSONPath) throws(JSONError) {
    _ = try JSONText.parse(text)
    var reader = JSONReader(text)
    for step in path.steps {
      reader.skipSpaces()
      switch step {
      case .key(let key): guard try reader.enter(key: key) else { return nil }
      case .index(let index): guard try reader.enter(index: index) else { return nil }
      }
    }
    reader.skipSpaces()
    let start = reader.position
    _ = try reader.value()
    bytes = UnsafeBufferPointer(rebasing: text[start..<reader.position])
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var text: String { String(decoding: bytes, as: UTF8.self) }
  private var first: UInt8 { bytes.first ?? 0 }
  private var isNull: Bool { first == UInt8(ascii: "n") }
  private var isString: Bool { first == UInt8(ascii: "\"") }
  private var isArray: Bool { first == UInt8(ascii: "[") }
  private var isObject: Bool { first == UInt8(ascii: "{") }

  /// A string without its quotes, other parts as they stand; nil for null.
  var bareText: String? {
    if isNull { return nil }
    guard isString else { return text }
    var reader = JSONReader(bytes)
    return try? reader.string()
  }

  var typeName: String? {
    if isNull { return "null" }
    if isString { return "string" }
    if isArray { return "array" }
    if isObject { return "object" }
    if text == "true" || text == "false" { return "bool" }
    return Int(text) == nil ? "float" : "int"
  }

  func int() throws(FunctionError) -> Int? {
    guard let bare = bareText else { return nil }
    if let int = withUTF8(bare, parseInt) { return int }
    if !isString, let double = withUTF8(bare, parseFloat), let int = Int(exactly: double) {
      return int
    }
    throw unreadable("an int")
  }

  func float() throws(FunctionError) -> Double? {
    guard let bare = bareText else { return nil }
    guard let double = withUTF8(bare, parseFloat) else { throw unreadable("a float") }
    return double
  }

  func bool() throws(FunctionError) -> Bool? {
    guard let bare = bareText else { return nil }
    guard isString || bare == "true" || bare == "false", let bool = parseBool(bare) else {
      throw unreadable("a bool")
    }
    return bool
  }

  /// The elements of an array as texts.
  func list() throws(FunctionError) -> Value? {
    guard let parts = elements() else { return nil }
    return .list(parts.map { $0.bareText.map(Value.string) ?? .null }, element: .string)
  }

  /// The keys of an object.
  func keys() throws(FunctionError) -> Value? {
    guard isObject else { return nil }
    return textList(members())
  }

  func length() throws(FunctionError) -> Int? {
    if isObject { return members().count }
    return elements()?.count
  }

  private func elements() -> [JSONPart]? {
    guard isArray else { return nil }
    var reader = JSONReader(bytes)
    guard let ranges = try? reader.elementRanges() else { return nil }
    return ranges.map { JSONPart(UnsafeBufferPointer(rebasing: bytes[$0])) }
  }

  private func members() -> [String] {
    var reader = JSONReader(bytes)
    return (try? reader.keys()) ?? []
  }

  private func unreadable(_ type: String) -> FunctionError {
    let shown = text.count <= 60 ? text : String(text.prefix(57)) + "..."
    return FunctionError("`\(shown)` is not \(type)", hint: "`json_get` gives any part as text")
  }

  private func withUTF8<Result>(
    _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    var text = text
    return text.withUTF8(body)
  }
}

/// Steps through well-formed JSON.
extension JSONReader {
  /// Moves to the value of a key; false when here is no object that has it.
  fileprivate mutating func enter(key: String) throws(JSONError) -> Bool {
    guard peek == UInt8(ascii: "{") else { return false }
    position += 1
    if take(UInt8(ascii: "}")) { return false }
    repeat {
      skipSpaces()
      let found = try string()
      _ = take(UInt8(ascii: ":"))
      if found.utf8.elementsEqual(key.utf8) { return true }
      _ = try value()
    } while take(UInt8(ascii: ","))
    return false
  }

  /// Moves to an element; false when here is no array that has it.
  fileprivate mutating func enter(index: Int) throws(JSONError) -> Bool {
    guard peek == UInt8(ascii: "[") else { return false }
    let ranges = try elementRanges()
    let place = index < 0 ? ranges.count + max(index, -ranges.count - 1) : index
    guard ranges.indices.contains(place) else { return false }
    position = ranges[place].lowerBound
    return true
  }

  /// Where the elements of the array here are.
  fileprivate mutating func elementRanges() throws(JSONError) -> [Range<Int>] {
    position += 1
    var ranges: [Range<Int>] = []
    if take(UInt8(ascii: "]")) { return ranges }
    repeat {
      skipSpaces()
      let start = position
      _ = try value()
      ranges.append(start..<position)
    } while take(UInt8(ascii: ","))
    return ranges
  }

  /// The keys of the object here.
  fileprivate mutating func keys() throws(JSONError) -> [String] {
    position += 1
    var keys: [String] = []
    if take(UInt8(ascii: "}")) { return keys }
    repeat {
      skipSpaces()
      keys.append(try string())
      _ = take(UInt8(ascii: ":"))
      _ = try value()
    } while take(UInt8(ascii: ","))
    return keys
  }
}
