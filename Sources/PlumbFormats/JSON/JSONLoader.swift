import PlumbColumns
import Synchronization

/// Loads files of JSON objects, in an array or one after the other, as one table.
struct JSONLoader {
  private let types: [String: DataType]
  /// Names in `types` that the files need not have.
  private let optionalNames: Set<String>
  private let encoding: TextEncoding?
  private let control: RunControl
  private var parts: [JSONPart] = []
  /// The rows of each file that was loaded.
  private(set) var rowCounts: [Int] = []
  private(set) var warnings: [String] = []

  init(
    types: [String: DataType], optionalNames: Set<String> = [], encoding: TextEncoding?,
    control: RunControl
  ) {
    self.optionalNames = optionalNames
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
    let places = JSONPlaces()
    for (index, part) in parts.enumerated() { places.add(part.tree, part: index) }
    let partCounts = parts.map(\.rowCount)
    let rowCount = partCounts.reduce(0, +)
    let columns = places.groups(rowCounts: partCounts)
    guard columns.count <= JSONRows.maximumColumns else {
      throw ImportError(
        .badValue, "`\(path)` has more than \(JSONRows.maximumColumns) different keys",
        remedy: "its keys are data: bring them into a column")
    }
    let names = Set(columns.map(\.name)).union(optionalNames)
    if let unknown = types.keys.filter({ !names.contains($0) }).min() {
      throw ImportError(
        .badOption, "`types` names a column `\(unknown)` that `\(path)` does not have",
        remedy: "its columns are "
          + columns.prefix(20).map { "`\($0.name)`" }.joined(separator: ", "))
    }
    var fields: [Schema.Field] = []
    var results: [Column] = []
    var taken: Set<String> = []
    for (column, made) in zip(columns, try finished(columns, path)) {
      let (result, warning) = made
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
      results.append(result)
    }
    return Table(schema: Schema(fields), columns: results, rowCount: rowCount)
  }

  /// The columns in their types, made on all threads.
  private func finished(
    _ groups: [JSONColumnGroup], _ path: String
  ) throws(ImportError) -> [(column: Column, warning: String?)] {
    let made = Mutex<[Int: (column: Column, warning: String?)]>([:])
    let failure = Mutex<(index: Int, error: ImportError)?>(nil)
    let shared = SharedGroups(groups)
    parallelFor(threadCount: control.threadCount, taskCount: groups.count) { index in
      let group = shared.groups[index]
      do throws(ImportError) {
        try control.checkImport()
        let column = try group.finish(given: types[group.name], path: path)
        made.withLock { $0[index] = column }
      } catch {
        // Of several errors, that of the first column.
        failure.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    let columns = made.withLock { $0 }
    return groups.indices.compactMap { columns[$0] }
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
    // A file of lines may have none of them; an array is at least `[]`.
    let isOfLines = [".jsonl", ".ndjson"].contains { path.lowercased().hasSuffix($0) }
    if isOfLines, bytes[start...].allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
      rowCounts.append(0)
      return
    }
    var read = try readSegments(bytes, from: start, path)
    if read.isEmpty { read = [try readWhole(bytes, from: start, isOfLines: isOfLines, path)] }
    parts += read
    rowCounts.append(read.reduce(0) { $0 + $1.rowCount })
  }

  private func report(_ done: Int, of total: Int, _ path: String) {
    control.report(
      RunControl.Progress(activity: "reading \(path)", done: done, total: total, unit: "bytes"))
  }

  private func readWhole(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isOfLines: Bool, _ path: String
  ) throws(ImportError) -> JSONPart {
    let part = JSONPart()
    do throws(JSONPart.Failure) {
      try part.read(bytes, from: start, isOfLines: isOfLines, control) {
        report($0, of: bytes.count, path)
      }
      return part
    } catch {
      switch error {
      case .interrupted(let interruption): throw ImportError(interruption)
      case .malformed(let error):
        let place = error.place(in: bytes)
        throw ImportError(
          .corrupt,
          "line \(place.line), column \(place.column) of `\(path)`: \(error.message)",
          remedy: isOfLines
            ? "each line of the file must hold a JSON object"
            : "the file must hold JSON objects, in one array or one on each line",
          location: "\(path):\(place.line):\(place.column)")
      }
    }
  }

  /// Reads a long file of lines in parts at once; none when it is short, or when a part is not a
  /// sequence of values. Then reading it from front to back tells what it is.
  private func readSegments(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ path: String
  ) throws(ImportError) -> [JSONPart] {
    let ranges = JSONSegments(bytes, from: start, control: control).ranges
    guard ranges.count > 1 else { return [] }
    let parts = ranges.map { _ in JSONPart() }
    let text = SharedText(bytes)
    let isMalformed = Atomic<Bool>(false)
    let done = Atomic<Int>(0)
    parallelFor(threadCount: control.threadCount, taskCount: ranges.count) { index in
      if isMalformed.load(ordering: .relaxed) { return }
      let range = ranges[index]
      let own = UnsafeBufferPointer(rebasing: text.bytes[..<range.upperBound])
      do throws(JSONPart.Failure) {
        try parts[index].read(own, from: range.lowerBound, isOfLines: false, control) { _ in }
        report(
          done.add(range.count, ordering: .relaxed).newValue, of: text.bytes.count, path)
      } catch {
        isMalformed.store(true, ordering: .relaxed)
      }
    }
    try control.checkImport()
    return isMalformed.load(ordering: .relaxed) ? [] : parts
  }
}

/// A text that several threads read while its owner waits for them.
private struct SharedText: @unchecked Sendable {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }
}

/// Columns of which each thread finishes its own.
private struct SharedGroups: @unchecked Sendable {
  let groups: [JSONColumnGroup]

  init(_ groups: [JSONColumnGroup]) { self.groups = groups }
}
