import PlumbColumns
import Synchronization

/// Loads files of separated values as one table.
///
/// The types are those that fit every cell: a sample gives a first guess, a pass over all records
/// stores the columns whose guess holds and finds out the kinds of the others, and only these are
/// read a second time.
struct CSVLoader {
  private let options: CSVOptions
  private let control: RunControl
  private let workers: [CSVWorker]
  private var names: [String] = []
  private var indices: [String: Int] = [:]
  private var kinds: [CellKinds] = []
  private var parts: [Part] = []
  private(set) var warnings: [String] = []

  /// The rows of each file that was loaded.
  var rowCounts: [Int] { parts.map { $0.segments.reduce(0) { $0 + $1.rowCount } } }

  /// What has been read of one file.
  private struct Part {
    let path: String
    /// Kept between the passes when there is just one file.
    var file: CSVFile?
    /// The table's column of each column of the file.
    let columns: [Int]
    let plans: [CSVPlan]
    let segments: [CSVSegment]
  }

  init(_ options: CSVOptions, _ control: RunControl) {
    self.options = options
    self.control = control
    workers = (0..<control.threadCount).map { CSVWorker(index: $0) }
  }

  mutating func load(_ paths: [String]) throws(ImportError) -> Table {
    for path in paths { try readFirst(path, isOnly: paths.count == 1) }
    let unknown = options.types.keys
      .filter { indices[$0] == nil && !options.optionalNames.contains($0) }.sorted()
    if let name = unknown.first {
      throw ImportError(
        .badOption, "`types` names a column `\(name)` that `\(paths[0])` does not have",
        remedy: "its columns are " + names.prefix(20).map { "`\($0)`" }.joined(separator: ", "))
    }
    let types = names.indices.map { options.types[names[$0]] ?? kinds[$0].type ?? .string }
    for part in parts { try readAgain(part, types) }
    // The columns need as much memory again as their cells: by then without the texts of the files.
    for index in parts.indices { parts[index].file = nil }
    return try assemble(types)
  }

  // MARK: Passes

  private mutating func readFirst(_ path: String, isOnly: Bool) throws(ImportError) {
    let file = try CSVFile(path, options, control)
    warnings += file.warnings
    let columns = file.dialect.names.map { register($0) }
    let sampled = file.sampledKinds(null: options.null)
    var plans = [CSVPlan](repeating: .skip, count: names.count)
    for (position, column) in columns.enumerated() {
      kinds[column].formUnion(sampled[position])
      plans[column] =
        options.types[names[column]].map { CSVPlan($0) } ?? sampled[position].type.map {
          CSVPlan($0)
        } ?? .judge
    }
    for worker in workers { worker.reserve(columns: names.count) }
    let segments = try pass(file, columns, plans).segments()
    for segment in segments {
      for column in columns { kinds[column].formUnion(segment.cells[column].kinds) }
    }
    try checkGivenTypes(file, columns, segments)
    noteMended(file, segments)
    parts.append(
      Part(
        path: path, file: isOnly ? file : nil, columns: columns, plans: plans,
        segments: segments))
  }

  /// Reads the columns whose type turned out to be another than the file's first records said.
  private func readAgain(_ part: Part, _ types: [DataType]) throws(ImportError) {
    var plans = [CSVPlan](repeating: .skip, count: part.plans.count)
    var changed: [Int] = []
    for column in part.columns where part.plans[column] != CSVPlan(types[column]) {
      plans[column] = CSVPlan(types[column])
      changed.append(column)
    }
    guard !changed.isEmpty else { return }
    let file: CSVFile
    if let kept = part.file { file = kept } else { file = try CSVFile(part.path, options, control) }
    let segments = try pass(file, part.columns, plans).segments()
    guard segments.count == part.segments.count,
      zip(segments, part.segments).allSatisfy({ $0.rowCount == $1.rowCount })
    else {
      throw ImportError(
        .corrupt, "`\(part.path)` changed while it was read", remedy: "read it again")
    }
    for (old, new) in zip(part.segments, segments) {
      for column in changed { old.adopt(column, from: new) }
    }
  }

  private func pass(_ file: CSVFile, _ columns: [Int], _ plans: [CSVPlan]) -> CSVPass {
    CSVPass(
      file, columns: columns, plans: plans,
      given: plans.indices.map { options.types[names[$0]] != nil }, options: options,
      workers: workers, control: control)
  }

  /// The table's column of a name, a new one if need be.
  private mutating func register(_ name: String) -> Int {
    if let index = indices[name] { return index }
    indices[name] = names.count
    names.append(name)
    kinds.append([])
    return names.count - 1
  }

  private func checkGivenTypes(
    _ file: CSVFile, _ columns: [Int], _ segments: [CSVSegment]
  ) throws(ImportError) {
    var first: (offset: Int, column: Int)?
    for segment in segments {
      for column in columns {
        let offset = segment.cells[column].badOffset
        if offset >= 0, offset < first?.offset ?? Int.max { first = (offset, column) }
      }
    }
    guard let first, let type = options.types[names[first.column]] else { return }
    var reader = CSVRecordReader(
      file.text.bytes, from: first.offset, delimiter: file.dialect.delimiter)
    let text = String(decoding: reader.next()?.first?.text ?? [], as: UTF8.self)
    let shown = text.count > 60 ? text.prefix(60) + "…" : text[...]
    throw CSVFault.badValue(type: type, column: names[first.column], text: String(shown))
      .error(at: first.offset, file.text.file, file.path)
  }

  private mutating func noteMended(_ file: CSVFile, _ segments: [CSVSegment]) {
    let count = segments.reduce(0) { $0 + $1.mended.count }
    guard let first = segments.first(where: { $0.mended.count > 0 }) else { return }
    let line = file.text.file.line(of: first.mended.offset)
    warnings.append(
      "\(count) \(count == 1 ? "record" : "records") of `\(file.path)` had too few or too many "
        + "cells and \(count == 1 ? "was" : "were") padded or cut, the first on line \(line)")
  }

  // MARK: Columns

  private func assemble(_ types: [DataType]) throws(ImportError) -> Table {
    let segments = parts.flatMap(\.segments)
    let rowCount = segments.reduce(0) { $0 + $1.rowCount }
    let finished = Mutex([Column?](repeating: nil, count: types.count))
    let interruption = Mutex<ImportError?>(nil)
    let (workers, control) = (workers, control)
    parallelFor(threadCount: control.threadCount, taskCount: types.count) { index in
      do throws(ImportError) {
        try control.checkImport()
      } catch {
        return interruption.withLock { $0 = error }
      }
      let column = CSVAssembly(
        column: index, type: types[index], segments: segments, rowCount: rowCount,
        workers: workers
      ).assembled()
      finished.withLock { $0[index] = column }
      for segment in segments where index < segment.columnCount { segment.release(index) }
    }
    if let error = interruption.withLock({ $0 }) { throw error }
    let columns = finished.withLock { $0.compactMap { $0 } }
    return Table(
      schema: Schema(zip(names, types).map { Schema.Field($0, $1) }), columns: columns,
      rowCount: rowCount)
  }
}
