import CYAML
import PlumbColumns

/// A document of YAML as stores and people's files have it: maps, lists and scalars.
indirect enum YAMLNode: Sendable {
  /// A scalar and whether it was quoted, so that it is text and not null or a number.
  case scalar(String, isQuoted: Bool)
  case list([YAMLNode])
  case map([(key: String, value: YAMLNode)])

  /// Parses a file of one document, such as MLflow's.
  init(_ file: FileBytes) throws(ImportError) {
    let parser = YAMLParser(
      file.bytes, path: file.path,
      remedy: "restore the file from a copy, or remove the folder that it describes")
    guard let node = try parser.document() else { throw parser.emptyFile() }
    self = node
  }

  /// The documents of a text, one after the other.
  static func documents(_ bytes: [UInt8], path: String) throws(ImportError) -> [YAMLNode] {
    let parser = YAMLParser(
      bytes, path: path, remedy: "anchors and aliases are not read; check the line")
    var documents: [YAMLNode] = []
    while let node = try parser.document() { documents.append(node) }
    return documents
  }

  /// The member of a map.
  subscript(key: String) -> YAMLNode? {
    guard case .map(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// A scalar as text; nil for null.
  var text: String? {
    guard case .scalar(let text, let isQuoted) = self else { return nil }
    if !isQuoted, ["", "~", "null", "Null", "NULL"].contains(text) { return nil }
    return text
  }

  /// A scalar as an integer, quoted or not.
  var integer: Int? { text.flatMap { Int($0) } }
}

/// The event parser of libyaml, freed with the value.
private struct YAMLParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// The parser reads from here.
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let path: String
  /// What to do about a file that cannot be read.
  private let remedy: String

  init(_ bytes: [UInt8], path: String, remedy: String) {
    self.path = path
    self.remedy = remedy
    input = .allocate(capacity: max(1, bytes.count))
    _ = input.update(fromContentsOf: bytes)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// No file of MLflow nests deeper than three levels, and no record of people much deeper.
  private static let deepestNode = 32

  /// The next document; nil at the end of the text.
  func document() throws(ImportError) -> YAMLNode? {
    while true {
      let event = try YAMLEvent(self)
      switch event.kind {
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_DOCUMENT_END_EVENT: continue
      case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return nil
      default: return try node(event, depth: 0)
      }
    }
  }

  private func node(_ event: borrowing YAMLEvent, depth: Int) throws(ImportError) -> YAMLNode {
    guard depth < YAMLParser.deepestNode else {
      throw error("the document is nested too deeply", line: event.line)
    }
    switch event.kind {
    case YAML_SCALAR_EVENT:
      let (text, isQuoted) = event.scalar
      return .scalar(text, isQuoted: isQuoted)
    case YAML_SEQUENCE_START_EVENT:
      var elements: [YAMLNode] = []
      while true {
        let next = try YAMLEvent(self)
        if next.kind == YAML_SEQUENCE_END_EVENT { return .list(elements) }
        elements.append(try node(next, depth: depth + 1))
      }
    case YAML_MAPPING_START_EVENT:
      var members: [(key: String, value: YAMLNode)] = []
      while true {
        let key = try YAMLEvent(self)
        if key.kind == YAML_MAPPING_END_EVENT { return .map(members) }
        guard case .scalar(let name, _) = try node(key, depth: depth + 1) else {
          throw error("a key is not a text", line: key.line)
        }
        let value = try YAMLEvent(self)
        members.append((name, try node(value, depth: depth + 1)))
      }
    default: throw error("an unexpected part of YAML (an alias?)", line: event.line)
    }
  }

  func parse(_ event: UnsafeMutablePointer<yaml_event_t>) throws(ImportError) {
    guard yaml_parser_parse(parser, event) != 0 else {
      let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no YAML"
      throw error(problem, line: Int(parser.pointee.problem_mark.line))
    }
  }

  func emptyFile() -> ImportError { error("the file is empty", line: 0) }

  /// An error at a line counted from 0.
  private func error(_ problem: String, line: Int) -> ImportError {
    ImportError(
      .corrupt, "`\(path)` cannot be read as YAML: \(problem)",
      remedy: remedy, location: "\(path):\(line + 1)")
  }
}

/// An event of the parser, freed with the value.
private struct YAMLEvent: ~Copyable {
  private let event: yaml_event_t

  init(_ parser: borrowing YAMLParser) throws(ImportError) {
    var parsed = yaml_event_t()
    try parser.parse(&parsed)
    event = parsed
  }

  deinit {
    // libyaml frees what the event points to; the copy points to the same.
    var copy = event
    yaml_event_delete(&copy)
  }

  var kind: yaml_event_type_t { event.type }
  var line: Int { Int(event.start_mark.line) }

  /// The text of a scalar and whether it was quoted.
  var scalar: (text: String, isQuoted: Bool) {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
    let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    return (String(decoding: bytes, as: UTF8.self), !isPlain)
  }
}
