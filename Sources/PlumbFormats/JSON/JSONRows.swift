import PlumbColumns

/// Reads the rows of a file, or of a part of one, one by one into the columns of a tree.
struct JSONRows: ~Copyable {
  private var reader: JSONReader
  private let tree: JSONKeyTree
  /// The row that is read next.
  private(set) var row: Int
  private var state = State.start
  /// The byte at which the value that is read begins.
  private var valueStart = 0
  private var key = TextBuffer()
  private var text = TextBuffer()
  private var columnCount = 0

  private enum State {
    case start, array, lines
  }

  /// More columns than this mean that keys are data.
  static let maximumColumns = 100_000

  init(_ reader: JSONReader, tree: JSONKeyTree, row: Int) {
    self.reader = reader
    self.tree = tree
    self.row = row
  }

  /// The byte that is read next.
  var position: Int { reader.position }

  /// Reads a row; false at the end of the file.
  mutating func readNext() throws(JSONError) -> Bool {
    reader.skipSpaces()
    switch state {
    case .start:
      guard !reader.isAtEnd else { throw reader.error("the file is empty: it has no values") }
      state = reader.peek == 0x5B ? .array : .lines
      if state == .array {
        reader.position += 1
        if reader.take(0x5D) { return try end() }
      }
    case .array:
      if reader.take(0x5D) { return try end() }
      guard reader.take(0x2C) else { throw reader.unexpected("`,` or `]`") }
    case .lines:
      if reader.isAtEnd { return false }
    }
    reader.skipSpaces()
    valueStart = reader.position
    if reader.peek == 0x7B {
      try object(tree, depth: 0)
    } else {
      // Values that are no objects make one column.
      let value = Array("value".utf8)
      let place = value.withUnsafeBufferPointer { tree.child($0) }
      try cell(place, depth: 0)
    }
    row += 1
    return true
  }

  /// The error that was met, or where each line holds a value, what is wrong with the line that the
  /// value began on: one that is cut off is not what the next begins with.
  func error(_ error: JSONError, withinLine isOfLines: Bool) -> JSONError {
    guard isOfLines, state == .lines else { return error }
    let text = reader.text
    let end = text[valueStart...].firstIndex(of: 0x0A) ?? text.count
    var line = JSONReader(UnsafeBufferPointer(rebasing: text[..<end]), from: valueStart)
    do throws(JSONError) { _ = try line.value() } catch let cause { return cause }
    return error
  }

  private mutating func end() throws(JSONError) -> Bool {
    reader.skipSpaces()
    guard reader.isAtEnd else { throw reader.unexpected("the end of the file") }
    return false
  }

  private mutating func object(_ place: JSONKeyTree, depth: Int) throws(JSONError) {
    try reader.checkDepth(depth)
    reader.position += 1
    place.begin()
    if reader.take(0x7D) { return }
    repeat {
      reader.skipSpaces()
      let start = reader.position
      let child = try self.key(of: place)
      guard child.mark(row) else {
        throw reader.error("the key `\(child.key)` occurs twice in one object", at: start)
      }
      guard reader.take(0x3A) else { throw reader.unexpected("`:`") }
      reader.skipSpaces()
      if reader.peek == 0x7B {
        try object(child, depth: depth + 1)
      } else {
        try cell(child, depth: depth + 1)
      }
    } while reader.take(0x2C)
    guard reader.take(0x7D) else { throw reader.unexpected("`,` or `}`") }
  }

  /// Reads a key and gives the place of its values.
  private mutating func key(of place: JSONKeyTree) throws(JSONError) -> JSONKeyTree {
    guard reader.peek == 0x22, let base = reader.text.baseAddress else {
      throw reader.unexpected("a key in quotes")
    }
    let position = reader.position
    if let (child, length) = place.expectedChild(
      base + position, count: reader.text.count &- position)
    {
      reader.position = position &+ length
      return child
    }
    key.removeAll()
    try reader.string(into: &key)
    return place.child(key.bytes)
  }

  /// Reads a value that is no object.
  private mutating func cell(_ place: JSONKeyTree, depth: Int) throws(JSONError) {
    if place.column == nil {
      columnCount += 1
      guard columnCount <= Self.maximumColumns else {
        throw reader.error("more than \(Self.maximumColumns) different keys")
      }
    }
    let column = place.cell(row)
    switch reader.peek {
    case 0x22:
      if let plain = plainText() {
        column.append(text: plain)
      } else {
        text.removeAll()
        try reader.string(into: &text)
        column.append(text: text.bytes)
      }
    case 0x2D, 0x30...0x39:
      switch try reader.number() {
      case .int(let integer): column.append(int: integer)
      case .float(let double): column.append(float: double)
      }
    default:
      switch try reader.value(depth: depth) {
      case .null: column.advance(to: row + 1)
      case .bool(let bool): column.append(bool: bool)
      case .float(let double): column.append(float: double)
      case let list: column.append(list: list)
      }
    }
  }

  /// Takes a string in which nothing is escaped, as it stands in the file; nil for another.
  private mutating func plainText() -> UnsafeBufferPointer<UInt8>? {
    guard let base = reader.text.baseAddress else { return nil }
    let start = reader.position &+ 1
    let count = reader.text.count
    var end = start
    while end < count {
      let byte = base[end]
      if byte == 0x22 {
        reader.position = end &+ 1
        return UnsafeBufferPointer(start: base + start, count: end &- start)
      }
      if byte == 0x5C || byte < 0x20 { return nil }
      end &+= 1
    }
    return nil
  }
}
