package import PlumbColumns

/// A kind of source that Plumb can open: a definition, listed in `ImporterCatalog`.
package struct Importer: Sendable {
  /// The name, such as `csv` or `mlflow-sqlite`.
  package let name: String
  /// One sentence for help.
  package let summary: String
  /// File name endings that choose this importer, without the dot, lower case.
  package let extensions: [String]
  /// What stands before `://` in the addresses that this importer opens, lower case; empty for
  /// files.
  package let schemes: [String]
  /// The options that `open` and `load` take for this importer.
  package let options: [Option]
  /// Whether an existing file or folder is of this kind, judged by its content.
  package let recognizes: @Sendable (SourceProbe) -> Bool
  /// Opens the source: cheap, reads no bulk data.
  package let open: @Sendable (OpenRequest) throws(ImportError) -> any DataSource

  /// An option such as `deleted = true`.
  package struct Option: Sendable {
    package let name: String
    package let type: DataType
    package let summary: String

    package init(_ name: String, _ type: DataType, _ summary: String) {
      self.name = name
      self.type = type
      self.summary = summary
    }
  }

  package init(
    name: String, summary: String, extensions: [String] = [], schemes: [String] = [],
    options: [Option] = [],
    recognizes: @escaping @Sendable (SourceProbe) -> Bool = { _ in false },
    open: @escaping @Sendable (OpenRequest) throws(ImportError) -> any DataSource
  ) {
    self.name = name
    self.summary = summary
    self.extensions = extensions
    self.schemes = schemes
    self.options = options
    self.recognizes = recognizes
    self.open = open
  }
}

/// What is seen of an address before it is opened.
package struct SourceProbe: Sendable {
  package let path: String
  package let isDirectory: Bool
  /// The first bytes of a file (up to 4 KiB).
  package let head: [UInt8]
  /// The endings of the files that a folder has as a table, without the dot, lower case.
  private let endings: Set<String>

  /// - Parameter files: The files in a folder and in its folders called `KEY=VALUE`.
  package init(path: String, isDirectory: Bool, head: [UInt8], files: [String] = []) {
    self.path = path
    self.isDirectory = isDirectory
    self.head = head
    endings = Set(files.map { InputFiles.ending(of: $0) })
  }

  /// Whether this is a folder with files that have one of the endings.
  func isFolder(of extensions: [String]) -> Bool { !endings.isDisjoint(with: extensions) }
}

/// What to open, and how.
package struct OpenRequest: Sendable {
  /// The path of a file or folder, or the address of a server, which may hold a password.
  package let path: String
  package let options: [String: Value]
  /// Column types that the user gave: `types = {zip: "string"}`.
  package let types: [String: DataType]
  /// The folder for what is kept from one run to the next; nil for the user's.
  package let cacheFolder: String?
  package let control: RunControl

  package init(
    path: String, options: [String: Value] = [:], types: [String: DataType] = [:],
    cacheFolder: String? = nil, control: RunControl = RunControl()
  ) {
    self.path = path
    self.options = options
    self.types = types
    self.cacheFolder = cacheFolder
    self.control = control
  }

  /// Fails when an option was given to a kind of source that has none.
  ///
  /// - Parameter source: The kind, such as `an Arrow file`.
  func refuseOptions(of source: String, remedy: String? = nil) throws(ImportError) {
    guard let option = options.filter({ !$0.value.isNull }).keys.min() else { return }
    throw ImportError(.badOption, "\(source) has no option `\(option)`", remedy: remedy)
  }
}

/// An opened source and its tables.
package protocol DataSource: AnyObject, Sendable {
  /// The address as the user gave it, without a password.
  var address: String { get }
  /// The importer's name.
  var format: String { get }
  var tables: [any TableProvider] { get }
  /// What the user should know, such as rows that were left out. Shown once, as warnings.
  var warnings: [String] { get }
}
