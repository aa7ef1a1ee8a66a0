/// The output formats, sorted by name.
package struct OutputFormatCatalog: Sendable {
  package let formats: [OutputFormat]

  package init(_ formats: [OutputFormat]) { self.formats = formats }

  /// All formats of this program. A new one is a file and a line here.
  package static let builtin = OutputFormatCatalog([
    .arrow,
    .arrowStream,
    .csv,
    .html,
    .json,
    .jsonLines,
    .line,
    .markdown,
    .parquet,
    .table,
    .tsv,
  ])

  /// The format of a name, such as `csv`.
  package subscript(name: String) -> OutputFormat? { formats.first { $0.name == name } }

  /// The formats that people can read: those for a terminal.
  package var textual: OutputFormatCatalog { OutputFormatCatalog(formats.filter { !$0.isBinary }) }

  package var names: [String] { formats.map(\.name) }

  /// The format that a file's name chooses by its ending.
  package func format(forPath path: String) -> OutputFormat? {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else {
      return nil
    }
    let ending = name[name.index(after: dot)...].lowercased()
    return formats.first { $0.extensions.contains(ending) }
  }
}
