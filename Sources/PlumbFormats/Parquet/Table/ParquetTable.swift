import PlumbColumns
import Synchronization

/// The rows of one Parquet file, or of several with the columns of all.
///
/// A scan reads the columns that it asks for, and of row groups those whose statistics, or whose
/// folder, do not rule them out; columns that were read whole are kept.
final class ParquetTable: TableProvider {
  let name: String
  let schema: Schema
  let summary: String
  let warnings: [String]
  private let parts: [ParquetPart]
  private let partitions: PartitionColumns
  private let kept = Mutex<[String: Column]>([:])

  init(_ request: OpenRequest, _ files: [InputFile]) throws(ImportError) {
    name = InputFiles.tableName(request.path)
    var parts: [ParquetPart] = []
    for file in files {
      try request.control.checkImport()
      parts.append(try ParquetPart(file.path, control: request.control))
    }
    let merged = try ParquetFields(parts)
    partitions = try PartitionColumns(
      files, taken: Set(merged.fields.map(\.name)), types: request.types)
    schema = Schema(merged.fields + partitions.fields, families: merged.families)
    let own = Set(partitions.fields.map(\.name))
    if let given = request.types.keys.filter({ !own.contains($0) }).min() {
      throw ImportError(
        .badOption, "the column `\(given)` of a Parquet file has the type that the file says",
        remedy: "leave `types` out and convert the column, for example with `string(\(given))`")
    }
    summary =
      files.count == 1
      ? "The rows of \(request.path)."
      : "The rows of \(files.count) files of \(request.path)."
    self.parts = parts
    var seen: Set<String> = []
    warnings = parts.flatMap(\.warnings).filter { seen.insert($0).inserted }
  }

  var knownRowCount: Int? { parts.reduce(0) { $0 + $1.file.metadata.rowCount } }

  private var allGroups: [(part: Int, group: Int)] {
    parts.indices.flatMap { part in
      parts[part].file.metadata.rowGroups.indices.map { (part, $0) }
    }
  }

  func usableConditions(_ conditions: [ScanCondition]) -> [ScanCondition] {
    conditions.filter { condition in
      guard let field = schema[condition.column], field.family == nil else { return false }
      switch field.type {
      case .bool, .int, .float, .string, .timestamp, .duration: return true
      case .null, .list, .record: return false
      }
    }
  }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    let fields = request.columns.compactMap { schema[$0] }
    return try kept.withLock { (kept: inout [String: Column]) throws(ImportError) -> Table in
      let missing = fields.filter { kept[$0.name] == nil }
      let all = allGroups
      if !missing.isEmpty, !request.conditions.isEmpty, !missing.contains(where: isUndecided) {
        let groups = all.filter { group in
          request.conditions.allSatisfy { mayMeet($0, group) }
        }
        if groups.count < all.count {
          let scan = ParquetScan(
            parts, partitions, groups: groups, fields: fields, control: control)
          return Table(
            schema: Schema(fields), columns: try scan.columns(), rowCount: scan.rowCount)
        }
      }
      if !missing.isEmpty {
        let scan = ParquetScan(parts, partitions, groups: all, fields: missing, control: control)
        for (field, column) in zip(missing, try scan.columns()) { kept[field.name] = column }
        MemoryBudget.releaseUnused()
      }
      let rowCount = all.reduce(0) {
        $0 + parts[$1.part].file.metadata.rowGroups[$1.group].rowCount
      }
      return Table(
        schema: Schema(fields), columns: fields.compactMap { kept[$0.name] }, rowCount: rowCount)
    }
  }

  /// Whether it takes all rows to know how the column is written.
  private func isUndecided(_ field: Schema.Field) -> Bool {
    parts.contains { part in
      part.columns[field.name]?.leaves.contains { part.leaves[$0].reading.rule == .bytes } ?? false
    }
  }

  private func mayMeet(_ condition: ScanCondition, _ group: (part: Int, group: Int)) -> Bool {
    guard let field = schema[condition.column] else { return true }
    if let value = partitions.value(field.name, file: group.part) {
      return condition.test.isMet(by: value)
    }
    return parts[group.part].bounds(field.name, type: field.type, group: group.group)?
      .mayMeet(condition.test) ?? true
  }
}

extension ScanCondition.Test {
  /// Whether a value meets the test, as the language compares.
  fileprivate func isMet(by value: Value) -> Bool {
    switch self {
    case .equal(let other): return value == other
    case .oneOf(let others): return others.contains(value)
    case .less(let other): return order(value, other).map { $0 < 0 } ?? false
    case .lessOrEqual(let other): return order(value, other).map { $0 <= 0 } ?? false
    case .greater(let other): return order(value, other).map { $0 > 0 } ?? false
    case .greaterOrEqual(let other): return order(value, other).map { $0 >= 0 } ?? false
    }
  }

  private func order(_ a: Value, _ b: Value) -> Int? {
    switch (a, b) {
    case (.int(let x), .int(let y)), (.timestamp(let x), .timestamp(let y)),
      (.duration(let x), .duration(let y)):
      x < y ? -1 : x == y ? 0 : 1
    case (.int(let x), .float(let y)): order(.float(Double(x)), .float(y))
    case (.float(let x), .int(let y)): order(.float(x), .float(Double(y)))
    case (.float(let x), .float(let y)): x < y ? -1 : x == y ? 0 : x > y ? 1 : nil
    case (.string(let x), .string(let y)):
      x.utf8.elementsEqual(y.utf8) ? 0 : x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1
    case (.bool(let x), .bool(let y)): x == y ? 0 : y ? -1 : 1
    default: nil
    }
  }
}
