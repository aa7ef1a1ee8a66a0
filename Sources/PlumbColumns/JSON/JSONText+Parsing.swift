extension JSONText {
  /// The value of a JSON text: an object is a record, an array a list of one element type.
  ///
  /// Ints and floats in one list become floats; objects in one list become records with the
  /// fields of all; other mixtures become texts (strings as they are, the rest as JSON).
  package static func parse(
    _ text: UnsafeBufferPointer<UInt8>
  ) throws(JSONError) -> Value {
    if let invalid = UTF8Text.firstInvalid(text) {
      throw JSONError("the text is not valid UTF-8", offset: invalid)
    }
    var reader = JSONReader(text)
    let value = try reader.value()
    reader.skipSpaces()
    guard reader.isAtEnd else { throw reader.unexpected("the end of the text") }
    return value
  }

  /// The value of a JSON text, as above.
  package static func parse(_ text: String) throws(JSONError) -> Value {
    let bytes = Array(text.utf8)
    var outcome: Result<Value, JSONError> = .success(.null)
    bytes.withUnsafeBufferPointer { buffer in
      do throws(JSONError) {
        outcome = .success(try parse(buffer))
      } catch {
        outcome = .failure(error)
      }
    }
    return try outcome.get()
  }
}

extension JSONReader {
  /// Reads a value of any kind, after spaces.
  package mutating func value(depth: Int = 0) throws(JSONError) -> Value {
    skipSpaces()
    switch peek {
    case 0x7B: return try object(depth: depth)
    case 0x5B: return try array(depth: depth)
    case 0x22: return .string(try string())
    case 0x2D, 0x30...0x39:
      switch try number() {
      case .int(let integer): return .int(integer)
      case .float(let double): return .float(double)
      }
    default:
      if word("true") { return .bool(true) }
      if word("false") { return .bool(false) }
      if word("null") { return .null }
      if word("NaN") { return .float(.nan) }
      if word("Infinity") { return .float(.infinity) }
      throw unexpected("a value")
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> Value {
    var values: [Value] = []
    try eachElement(depth) { (reader) throws(JSONError) in
      values.append(try reader.value(depth: depth + 1))
    }
    return .jsonList(values)
  }

  private mutating func object(depth: Int) throws(JSONError) -> Value {
    var fields: [Value.RecordField] = []
    var names: Set<String> = []
    try eachMember(depth) { (reader, name, start) throws(JSONError) in
      guard names.insert(name).inserted else {
        throw reader.error("the key `\(name)` occurs twice in one object", at: start)
      }
      fields.append(Value.RecordField(name, try reader.value(depth: depth + 1)))
    }
    return .record(fields)
  }

  /// Reads an array: `read` takes the value of each element.
  mutating func eachElement(
    _ depth: Int, _ read: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    try checkDepth(depth)
    position += 1
    if take(0x5D) { return }
    repeat { try read(&self) } while take(0x2C)
    guard take(0x5D) else { throw unexpected("`,` or `]`") }
  }

  /// Reads an object: `read` takes the value of each member, told its name and where that stands.
  mutating func eachMember(
    _ depth: Int, _ read: (inout JSONReader, String, Int) throws(JSONError) -> Void
  ) throws(JSONError) {
    try checkDepth(depth)
    position += 1
    if take(0x7D) { return }
    repeat {
      skipSpaces()
      let start = position
      guard peek == 0x22 else { throw unexpected("a key in quotes") }
      let name = try string()
      guard take(0x3A) else { throw unexpected("`:`") }
      try read(&self, name, start)
    } while take(0x2C)
    guard take(0x7D) else { throw unexpected("`,` or `}`") }
  }

  /// Fails when what begins here is nested too deeply.
  package func checkDepth(_ depth: Int) throws(JSONError) {
    if depth >= Self.maximumDepth {
      throw error("nested deeper than \(Self.maximumDepth) levels")
    }
  }
}

extension Value {
  /// A list of values that came from JSON, brought to one element type.
  package static func jsonList(_ values: [Value]) -> Value {
    var type = DataType.null
    for value in values {
      guard let unified = type.jsonUnified(with: value.type) else {
        return .list(values.map(\.jsonScalarText), element: .string)
      }
      type = unified
    }
    return .list(values.map { $0.jsonCoerced(to: type) }, element: type)
  }

  /// The value as a text: a string as it is, null as null, all else as JSON.
  package var jsonScalarText: Value {
    switch self {
    case .null, .string: self
    default: .string(JSONText.write(self))
    }
  }

  /// The value in a type that `jsonUnified` found: fields that are missing become null.
  package func jsonCoerced(to type: DataType) -> Value {
    switch (self, type) {
    case (.int(let integer), .float): return .float(Double(integer))
    case (.list(let values, _), .list(let element)):
      return .list(values.map { $0.jsonCoerced(to: element) }, element: element)
    case (.record(let fields), .record(let types)):
      var byName: [String: Value] = [:]
      for field in fields { byName[field.name] = field.value }
      return .record(
        types.map { RecordField($0.name, (byName[$0.name] ?? .null).jsonCoerced(to: $0.type)) })
    default: return self
    }
  }
}

extension DataType {
  /// The type that holds values of both in one JSON list, if there is one: as `unified`, but
  /// records take the fields of both.
  package func jsonUnified(with other: DataType) -> DataType? {
    switch (self, other) {
    case _ where self == other: return self
    case (.list(let a), .list(let b)): return a.jsonUnified(with: b).map(DataType.list)
    case (.record(let a), .record(let b)):
      var fields = a
      var positions: [String: Int] = [:]
      for (index, field) in a.enumerated() { positions[field.name] = index }
      for field in b {
        if let position = positions[field.name] {
          guard let type = fields[position].type.jsonUnified(with: field.type) else { return nil }
          fields[position] = Field(field.name, type)
        } else {
          fields.append(field)
        }
      }
      return .record(fields)
    default: return unified(with: other)
    }
  }
}
