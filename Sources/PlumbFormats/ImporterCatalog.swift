package import PlumbColumns

/// The kinds of sources, in the order in which they are tried.
package struct ImporterCatalog: Sendable {
  package let importers: [Importer]

  package init(_ importers: [Importer]) { self.importers = importers }

  /// All importers of this program. A new one is a folder and a line here.
  package static let builtin = ImporterCatalog([.mlflowDatabase, .mlflowFiles])

  /// Opens an address with the importer that its content, then its name, chooses.
  package func open(_ request: OpenRequest) throws(ImportError) -> any DataSource {
    let probe = try SourceProbe(path: request.path)
    let byContent = importers.first { $0.recognizes(probe) }
    let ending = request.path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let byName = importers.first { !probe.isDirectory && $0.extensions.contains(ending) }
    guard let importer = byContent ?? byName else {
      throw ImportError(
        .wrongFormat, "`\(request.path)` is of no kind that can be read",
        remedy: "readable are: " + importers.map(\.summary).joined(separator: "; "))
    }
    return try importer.open(request)
  }
}
