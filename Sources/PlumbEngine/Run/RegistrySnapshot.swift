import Glibc
import PlumbColumns
import PlumbFunctions

/// A dated copy of what a registry says of its versions: aliases and tags.
struct RegistrySnapshot {
  /// The tables that a copy is made of.
  static let tableNames = ["models", "versions"]

  private let models: Table?
  private let versions: Table?
  private let now: Int

  init(_ tables: [String: Table], atMicroseconds now: Int) {
    models = tables["models"]
    versions = tables["versions"]
    self.now = now
  }

  /// Adds the copy to a folder as `TIME.aliases.jsonl` and `TIME.tags.jsonl`.
  func write(to folder: String, control: RunControl) throws(ImportError) {
    let time = TimestampText.format(now).filter { $0 != ":" }
    let base = folder.hasSuffix("/") ? folder + time : "\(folder)/\(time)"
    mkdir(folder, 0o777)
    for name in ["aliases", "tags"] where access("\(base).\(name).jsonl", F_OK) == 0 {
      throw ImportError(
        .writeFailed, "`\(base).\(name).jsonl` is there already",
        remedy: "copies are never written over: `--as-of` gives another time")
    }
    try writeTable(aliases, to: "\(base).aliases.jsonl", control: control)
    try writeTable(tags, to: "\(base).tags.jsonl", control: control)
  }

  /// A row for each version and alias of it; one without an alias for a version that has none.
  private var aliases: Table {
    var rows: [[Value]] = []
    guard let versions else { return table(Self.aliasFields, rows) }
    for row in 0..<versions.rowCount {
      let model = versions["model"]?.value(at: row) ?? .null
      let version = text(versions["version"]?.value(at: row))
      var names: [Value] = []
      if case .list(let values, _)? = versions["aliases"]?.value(at: row) { names = values }
      for alias in names.isEmpty ? [.null] : names {
        rows.append([.timestamp(now), model, version, alias])
      }
    }
    return table(Self.aliasFields, rows)
  }

  /// A row for each tag of a model (its version null) and of a version.
  private var tags: Table {
    var rows: [[Value]] = []
    for (source, key) in [(models, "name"), (versions, "model")] {
      guard let source else { continue }
      let fields = source.schema.fields.enumerated().filter { $0.element.family == "tags" }
      for row in 0..<source.rowCount {
        let model = source[key]?.value(at: row) ?? .null
        let version = text(source["version"]?.value(at: row))
        for (index, field) in fields where !source.columns[index].isNull(row) {
          rows.append([
            .timestamp(now), model, version, .string(String(field.key)),
            text(source.columns[index].value(at: row)),
          ])
        }
      }
    }
    return table(Self.tagFields, rows)
  }

  private static let aliasFields: [Schema.Field] = [
    Schema.Field("snapshot_at", .timestamp), Schema.Field("model", .string),
    Schema.Field("version", .string), Schema.Field("alias", .string),
  ]

  private static let tagFields: [Schema.Field] = [
    Schema.Field("snapshot_at", .timestamp), Schema.Field("model", .string),
    Schema.Field("version", .string), Schema.Field("key", .string),
    Schema.Field("value", .string),
  ]

  private func text(_ value: Value?) -> Value {
    guard let value, !value.isNull else { return .null }
    return .string(plainText(value))
  }

  private func table(_ fields: [Schema.Field], _ rows: [[Value]]) -> Table {
    Table(
      schema: Schema(fields),
      columns: fields.enumerated().map { index, field in
        Column(rows.map { $0[index] }, type: field.type)
      }, rowCount: rows.count)
  }
}
