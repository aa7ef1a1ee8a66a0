import PlumbColumns

/// The keys that objects have had at one place, with the columns of their values.
///
/// Objects of one file mostly have the same keys in the same order: the key that followed last
/// time is tried first.
final class JSONKeyTree {
  /// The dotted path from the top, the name of the column.
  let path: String
  private let key: [UInt8]
  private(set) var children: [JSONKeyTree] = []
  private var indices: [String: Int] = [:]
  private var expected = 0
  /// The last row that had the key; a second time in one row is an error.
  private var lastRow = -1
  /// The column of values that are no objects, once there was one.
  private(set) var column: JSONColumn?

  init(path: String, key: [UInt8]) {
    self.path = path
    self.key = key
  }

  /// Begins an object: its first key is expected next.
  func begin() { expected = 0 }

  /// Marks the key as seen in a row; false when it was before.
  func mark(_ row: Int) -> Bool {
    guard lastRow != row else { return false }
    lastRow = row
    return true
  }

  /// The place of a key's values.
  func child(_ key: UnsafeBufferPointer<UInt8>) -> JSONKeyTree {
    if expected < children.count,
      children[expected].key.withUnsafeBufferPointer({ equalTexts($0, key) })
    {
      expected += 1
      return children[expected - 1]
    }
    let name = String(decoding: key, as: UTF8.self)
    if let index = indices[name] {
      expected = index + 1
      return children[index]
    }
    let child = JSONKeyTree(path: path.isEmpty ? name : path + "." + name, key: Array(key))
    indices[name] = children.count
    children.append(child)
    expected = children.count
    return child
  }

  /// The column of the values here, for the cell of `row`.
  func cell(_ row: Int) -> JSONColumn {
    let column = column ?? JSONColumn(name: path)
    self.column = column
    column.advance(to: row)
    return column
  }

  /// All columns below, in the order in which their keys first came. Nulls where objects stand
  /// in other rows make no column.
  func columns() -> [JSONColumn] {
    var result: [JSONColumn] = []
    if let column, !column.isEmpty || children.isEmpty { result.append(column) }
    for child in children { result += child.columns() }
    return result
  }
}
