import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbFormats

/// Mappings that do not fit the tables that audits know.
extension TableMapping {
  /// The mapping itself; an error when it fills a column that its table does not have, while one of
  /// nearly that name stays empty. Columns of one's own are allowed.
  func checked(_ name: String) throws(ImportError) -> TableMapping {
    guard let declaration = GovernanceCatalog.named(table) else { return self }
    let filled = columnNames
    let empty = declaration.columns.map(\.name).filter { !filled.contains($0) }
    for column in filled where declaration[column] == nil {
      guard let near = nearestName(to: column, in: empty) else { continue }
      throw ImportError(
        .badOption, "the mapping `\(name)` fills `\(column)`, and `\(table)` has no such column",
        remedy: "did you mean `\(near)`? `help(\(table))` lists the columns")
    }
    return self
  }
}

extension SourceRegistry.LoadedSource {
  /// What is wrong when a mapping made one table and a program loads it as another that audits know;
  /// nil when nothing is.
  func mismatch(of table: any TableProvider, as name: String, at range: SourceRange) -> Diagnostic?
  {
    guard format == MappedSource.format, table.name != name,
      GovernanceCatalog.named(name) != nil
    else { return nil }
    return Diagnostic(
      .invalidArgument, "the mapping makes a table `\(table.name)`, and `\(name)` is loaded",
      at: range, help: "write `load \(table.name) from …`, or take a mapping with `table: \(name)`")
  }
}
