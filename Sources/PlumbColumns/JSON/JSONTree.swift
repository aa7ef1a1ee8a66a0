/// JSON as it stands, with lists of any mixture: for messages, notebooks and specifications.
///
/// Members keep their order, so that equal trees are equal bytes. `Value` is for data: there a
/// list has one element type.
package indirect enum JSONTree: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case array([JSONTree])
  case object([Member])

  /// A member of an object.
  package struct Member: Sendable, Hashable {
    package let name: String
    package var value: JSONTree

    package init(_ name: String, _ value: JSONTree) {
      self.name = name
      self.value = value
    }
  }

  /// The member of an object by its name; nil where there is none. Setting adds, replaces, or with
  /// nil removes it.
  package subscript(name: String) -> JSONTree? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.name == name }?.value
    }
    set {
      var members: [Member] = []
      if case .object(let present) = self { members = present }
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(name, value))
      case (nil, nil): break
      }
      self = .object(members)
    }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var int: Int? {
    switch self {
    case .int(let value): value
    case .float(let value): Int(exactly: value)
    default: nil
    }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var array: [JSONTree]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(floatLiteral value: Double) { self = .float(value) }
  package init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONTree)...) {
    self = .object(elements.map { Member($0, $1) })
  }
}

extension JSONTree {
  /// The text on one line. NaN and the infinities, which JSON has not, are null.
  package var text: String {
    var buffer = TextBuffer()
    append(to: &buffer)
    return buffer.string
  }

  /// The text over several lines, indented by one space as notebooks are.
  package var indentedText: String {
    var buffer = TextBuffer()
    append(to: &buffer, indent: 0)
    return buffer.string
  }

  /// Appends the text on one line.
  package func append(to buffer: inout TextBuffer) {
    switch self {
    case .null: buffer.append("null")
    case .bool(let value): buffer.append(value ? "true" : "false")
    case .int(let value): buffer.append(integer: value)
    case .float(let value):
      if value.isFinite { FloatText.append(value, to: &buffer) } else { buffer.append("null") }
    case .string(let text): JSONText.append(string: text, to: &buffer)
    case .array(let elements):
      buffer.append(0x5B)
      for (index, element) in elements.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        element.append(to: &buffer)
      }
      buffer.append(0x5D)
    case .object(let members):
      buffer.append(0x7B)
      for (index, member) in members.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        JSONText.append(string: member.name, to: &buffer)
        buffer.append(0x3A)
        member.value.append(to: &buffer)
      }
      buffer.append(0x7D)
    }
  }

  private func append(to buffer: inout TextBuffer, indent: Int) {
    func newLine(_ depth: Int, _ buffer: inout TextBuffer) {
      buffer.append(0x0A)
      buffer.append(repeating: 0x20, count: depth)
    }
    switch self {
    case .array(let elements) where !elements.isEmpty:
      buffer.append(0x5B)
      for (index, element) in elements.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        newLine(indent + 1, &buffer)
        element.append(to: &buffer, indent: indent + 1)
      }
      newLine(indent, &buffer)
      buffer.append(0x5D)
    case .object(let members) where !members.isEmpty:
      buffer.append(0x7B)
      for (index, member) in members.enumerated() {
        if index > 0 { buffer.append(0x2C) }
        newLine(indent + 1, &buffer)
        JSONText.append(string: member.name, to: &buffer)
        buffer.append(": ")
        member.value.append(to: &buffer, indent: indent + 1)
      }
      newLine(indent, &buffer)
      buffer.append(0x7D)
    case .null, .bool, .int, .float, .string, .array, .object: append(to: &buffer)
    }
  }

  /// Reads a text; what is nested deeper than `JSONReader.maximumDepth` is an error.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONTree {
    var outcome: Result<JSONTree, JSONError> = .success(.null)
    bytes.withUnsafeBufferPointer { text in
      do throws(JSONError) {
        if let invalid = UTF8Text.firstInvalid(text) {
          throw JSONError("the text is not valid UTF-8", offset: invalid)
        }
        var reader = JSONReader(text)
        let tree = try reader.tree(depth: 0)
        reader.skipSpaces()
        guard reader.isAtEnd else { throw reader.unexpected("the end of the text") }
        outcome = .success(tree)
      } catch {
        outcome = .failure(error)
      }
    }
    return try outcome.get()
  }
}

extension JSONReader {
  /// Of members of one name the last one counts, as most readers have it.
  fileprivate mutating func tree(depth: Int) throws(JSONError) -> JSONTree {
    skipSpaces()
    switch peek {
    case 0x7B:
      var members: [JSONTree.Member] = []
      try eachMember(depth) { (reader, name, _) throws(JSONError) in
        members.append(JSONTree.Member(name, try reader.tree(depth: depth + 1)))
      }
      return .object(Self.withoutRepetitions(members))
    case 0x5B:
      var elements: [JSONTree] = []
      try eachElement(depth) { (reader) throws(JSONError) in
        elements.append(try reader.tree(depth: depth + 1))
      }
      return .array(elements)
    case 0x22: return .string(try string())
    case 0x2D, 0x30...0x39:
      switch try number() {
      case .int(let integer): return .int(integer)
      case .float(let double): return .float(double)
      }
    default:
      if word("true") { return .bool(true) }
      if word("false") { return .bool(false) }
      if word("null") || word("NaN") || word("Infinity") { return .null }
      throw unexpected("a value")
    }
  }

  private static func withoutRepetitions(_ members: [JSONTree.Member]) -> [JSONTree.Member] {
    guard Set(members.map(\.name)).count < members.count else { return members }
    var kept: [JSONTree.Member] = []
    var positions: [String: Int] = [:]
    for member in members {
      if let position = positions[member.name] {
        kept[position] = member
      } else {
        positions[member.name] = kept.count
        kept.append(member)
      }
    }
    return kept
  }
}
