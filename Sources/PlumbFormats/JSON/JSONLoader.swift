import PlumbColumns

/// Loads files of JSON objects, in an array or one after the other, as one table.
struct JSONLoader {
  private let types: [String: DataType]
  private let encoding: TextEncoding?
  private let control: RunControl
  private let tree = JSONKeyTree(path: "", key: [])
  private var rowCount = 0
  /// The rows of each file that was loaded.
  private(set) var rowCounts: [Int] = []
  private(set) var warnings: [String] = []

  /// The bytes that are read between two looks at cancellation.
  private static let checkBytes = 1 << 20

  init(types: [String: DataType], encoding: TextEncoding?, control: RunControl) {
    self.types = types
    self.encoding = encoding
    self.control = control
  }

  mutating func load(_ paths: [String]) throws(ImportError) -> Table {
    for path in paths { try read(path) }
    return try table(paths[0])
  }

  /// Loads objects that another format was brought to, one on each line.
  mutating func load(_ lines: [UInt8], from path: String) throws(ImportError) -> Table {
    let file = WholeFile(lines)
    try withExtendedLifetime(file) { () throws(ImportError) in
      try read(file.bytes, from: 0, path)
    }
    return try table(path)
  }

  private mutating func table(_ path: String) throws(ImportError) -> Table {
    let columns = tree.columns()
    if let unknown = types.keys.filter({ name in !columns.contains { $0.name == name } }).min() {
      throw ImportError(
        .badOption, "`types` names a column `\(unknown)` that `\(path)` does not have",
        remedy: "its columns are "
          + columns.prefix(20).map { "`\($0.name)`" }.joined(separator: ", "))
    }
    var fields: [Schema.Field] = []
    var finished: [Column] = []
    var taken: Set<String> = []
    for column in columns {
      try control.checkImport()
      let (result, warning) = try column.finish(
        rowCount: rowCount, given: types[column.name], path: path)
      if let warning { warnings.append(warning) }
      var name = column.name
      var number = 2
      while !taken.insert(name).inserted {
        // `{"a.b": 1, "a": {"b": 2}}`
        name = "\(column.name)_\(number)"
        number += 1
      }
      if name != column.name {
        warnings.append("two columns are called `\(column.name)`: one is called `\(name)`")
      }
      fields.append(Schema.Field(name, result.type))
      finished.append(result)
    }
    return Table(schema: Schema(fields), columns: finished, rowCount: rowCount)
  }

  // MARK: Files

  private mutating func read(_ path: String) throws(ImportError) {
    let text = try DecodedText(
      WholeFile.read(path, control), path: path, encoding: encoding, control)
    if let warning = text.warning { warnings.append(warning) }
    try withExtendedLifetime(text.file) { () throws(ImportError) in
      try read(text.bytes, from: text.start, path)
    }
  }

  private mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ path: String
  ) throws(ImportError) {
    var rows = JSONRows(JSONReader(bytes, from: start), tree: tree, row: rowCount)
    var nextCheck = 0
    while true {
      do throws(JSONError) {
        guard try rows.readNext() else { break }
      } catch {
        let place = error.place(in: bytes)
        throw ImportError(
          .corrupt,
          "line \(place.line), column \(place.column) of `\(path)`: \(error.message)",
          remedy: "the file must hold JSON objects, in one array or one on each line",
          location: "\(path):\(place.line):\(place.column)")
      }
      guard rows.position >= nextCheck else { continue }
      nextCheck = rows.position + Self.checkBytes
      try control.checkImport()
      control.report(
        RunControl.Progress(
          activity: "reading \(path)", done: rows.position, total: bytes.count,
          unit: "bytes"))
    }
    rowCounts.append(rows.row - rowCount)
    rowCount = rows.row
  }
}
