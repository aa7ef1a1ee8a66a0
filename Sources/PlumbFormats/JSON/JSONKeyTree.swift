import PlumbColumns

/// The keys that objects have had at one place, with the columns of their values.
///
/// Objects of one file mostly have the same keys in the same order: the key that followed last
/// time is tried first.
final class JSONKeyTree {
  /// The dotted path from the top, the name of the column.
  let path: String
  /// The key with its quotes as it stands in a file; nothing if some of it must be escaped.
  private let quotedKey: Values<UInt8>
  /// The key within its object.
  let key: String
  private(set) var children: [JSONKeyTree] = []
  private var indices: [String: Int] = [:]
  private var expected = 0
  /// The last row that had the key; a second time in one row is an error.
  private var lastRow = -1
  /// The column of values that are no objects, once there was one.
  private(set) var column: JSONColumn?

  init(path: String, key: [UInt8]) {
    self.path = path
    self.key = String(decoding: key, as: UTF8.self)
    let isPlain = !key.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
    quotedKey = Values(isPlain ? [0x22] + key + [0x22] : [])
  }

  /// Begins an object: its first key is expected next.
  func begin() { expected = 0 }

  /// Marks the key as seen in a row; false when it was before.
  func mark(_ row: Int) -> Bool {
    guard lastRow != row else { return false }
    lastRow = row
    return true
  }

  /// The place of the expected key and its length with quotes, if it stands at the beginning of a
  /// text.
  @inline(__always)
  func expectedChild(
    _ text: UnsafePointer<UInt8>, count: Int
  ) -> (child: JSONKeyTree, length: Int)? {
    guard expected < children.count else { return nil }
    let child = children[expected]
    let length = child.quotedKey.count
    guard length > 0, length <= count else { return nil }
    let key = child.quotedKey.pointer
    for position in 0..<length where key[position] != text[position] { return nil }
    expected &+= 1
    return (child, length)
  }

  /// The place of a key's values.
  func child(_ key: UnsafeBufferPointer<UInt8>) -> JSONKeyTree {
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
    if let column {
      column.advance(to: row)
      return column
    }
    let made = JSONColumn(name: path)
    column = made
    made.advance(to: row)
    return made
  }
}
