package import PlumbColumns

/// The kinds of sources, in the order in which they are tried.
package struct ImporterCatalog: Sendable {
  package let importers: [Importer]

  package init(_ importers: [Importer]) { self.importers = importers }

  /// All importers of this program.
  ///
  /// A new one is a folder and a line here.
  package static let builtin = ImporterCatalog([
    .mlflowDatabase, .mlflowFiles, .mlflowServer(.process), .mlflowPostgres, .tensorBoard,
    .snapshot, .parquet, .arrow, .csv, .profile, .json, .yaml,
  ])

  /// Opens an address with the importer that its content, then its name, chooses.
  package func open(_ request: OpenRequest) throws(ImportError) -> any DataSource {
    try importer(of: request.path).open(request)
  }

  /// The importer that an address's content, then its name, chooses.
  package func importer(of path: String) throws(ImportError) -> Importer {
    if let scheme = SourceAddress.scheme(of: path) { return try importer(forScheme: scheme) }
    let probe = try probe(path)
    let byContent = importers.first { $0.recognizes(probe) }
    let ending = InputFiles.ending(of: probe.path)
    let byName = importers.first { !probe.isDirectory && $0.extensions.contains(ending) }
    guard let importer = byContent ?? byName else {
      throw ImportError(
        .wrongFormat, "`\(path)` is of no kind that can be read",
        remedy: "readable are: " + importers.map(\.summary).joined(separator: "; "))
    }
    return importer
  }

  private func importer(forScheme scheme: String) throws(ImportError) -> Importer {
    if let importer = importers.first(where: { $0.schemes.contains(scheme) }) { return importer }
    let known = importers.flatMap(\.schemes).map { "`\($0)://`" }.joined(separator: ", ")
    throw ImportError(
      .wrongFormat, "addresses that begin with `\(scheme)://` are of no kind that can be read",
      remedy: "readable are \(known), and files by their paths")
  }

  /// What is seen of an address; of a pattern such as `logs/*.csv`, of the first file it matches.
  private func probe(_ path: String) throws(ImportError) -> SourceProbe {
    do throws(ImportError) {
      return try SourceProbe(path: path)
    } catch {
      guard error.kind == .notFound, InputFiles.isPattern(path) else { throw error }
      let endings = importers.flatMap(\.extensions)
      return try SourceProbe(path: InputFiles.expand(path, extensions: endings)[0].path)
    }
  }
}
