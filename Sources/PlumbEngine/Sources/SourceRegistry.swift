import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbFormats
import PlumbSystem
import Synchronization

/// The sources that a session has open, and every table under the name that programs use.
///
/// A source that was opened while a program was checked is kept, so that the run does not open
/// it again.
final class SourceRegistry: Sendable {
  private let state = Mutex(State())
  let importers: ImporterCatalog
  /// The folder that relative paths count from; nil for the process's.
  private let folder: String?

  private struct State {
    var tables: [String: any TableProvider] = [:]
    var order: [String] = []
    var opened: [Address: any DataSource] = [:]
    var sources: [OpenSource] = []
    /// Where each attached table is from.
    var addresses: [String: String] = [:]
    /// What audits say of the attached tables, by name.
    var attached: [String: AttachedTable] = [:]
    var warnings: [String] = []
  }

  /// A source, the name it was opened under, and how.
  struct OpenSource: Sendable {
    let source: any DataSource
    let alias: String?
  }

  /// A table under the name that programs use, with what is known of its source.
  struct AttachedTable: Sendable {
    let name: String
    let provider: any TableProvider
    /// The source's address, as it was given.
    let address: String
    /// Where its bytes are.
    let path: String
    let format: String
    /// Whether the one who loaded it said that nothing is missing.
    var isComplete: Bool?
    /// When the one who loaded it said that it was exported.
    var capturedMicroseconds: Int?
  }

  struct Address: Hashable {
    let path: String
    let options: [String: Value]
  }

  init(importers: ImporterCatalog, folder: String?) {
    self.importers = importers
    self.folder = folder
  }

  /// A registry that starts with the same tables and goes its own way.
  func copy() -> SourceRegistry {
    let result = SourceRegistry(importers: importers, folder: folder)
    result.take(from: self)
    return result
  }

  private func take(from other: SourceRegistry) {
    let copied = other.state.withLock { $0 }
    state.withLock { $0 = copied }
  }

  /// Keeps what another registry has opened, without attaching its tables.
  func adoptOpened(from other: SourceRegistry) {
    let opened = other.state.withLock { $0.opened }
    state.withLock { $0.opened.merge(opened) { own, _ in own } }
  }

  func table(named name: String) -> (any TableProvider)? { state.withLock { $0.tables[name] } }

  var tableNames: [String] { state.withLock { $0.order } }

  /// The tables of sources, in the order in which they were attached.
  var attachedTables: [AttachedTable] {
    state.withLock { state in state.order.compactMap { state.attached[$0] } }
  }

  /// What is known of the source of a table.
  func attachedTable(of provider: any TableProvider) -> AttachedTable? {
    state.withLock { state in state.attached.values.first { $0.provider === provider } }
  }

  var sources: [OpenSource] { state.withLock { $0.sources } }

  /// What is to be said of the sources together: tables that hide others of the same name.
  var warnings: [String] { state.withLock { $0.warnings } }

  /// A path as the file system is asked for it; `~/` is the user's home. Addresses of servers stay
  /// as they are.
  func located(_ path: String) -> String {
    if SourceAddress.scheme(of: path) != nil { return path }
    let path = FileCompletion.expandingHome(path)
    guard let folder, !StandardFiles.isStandard(path), !path.hasPrefix("/") else { return path }
    return "\(folder)/\(path)"
  }

  /// Opens an address, or gives the source if it is open already, and whether it is new.
  func open(
    _ path: String, options: [String: Value], control: RunControl
  ) throws(ImportError) -> (source: any DataSource, isNew: Bool) {
    let options = try Self.withoutStatements(options)
    let address = Address(path: path, options: options)
    if let known = state.withLock({ $0.opened[address] }) { return (known, false) }
    var plain = options
    let types = try Self.types(from: plain.removeValue(forKey: "types"))
    let place =
      path == DemoSource.name
      ? try DemoSource.file()
      : StandardFiles.isStandard(path) ? try StandardFiles.path(of: path) : located(path)
    let mappings = try mappings(options["mapping"], place, others: plain, types)
    plain["mapping"] = nil
    // What is read as it stands is the same source with and without `mapping = null`.
    let asItStands = mappings.isEmpty ? Address(path: path, options: options.asOneTable) : address
    if let known = state.withLock({ $0.opened[asItStands] }) {
      state.withLock { $0.opened[address] = known }
      return (known, false)
    }
    let request = OpenRequest(path: place, options: plain, types: types, control: control)
    let source =
      mappings.isEmpty
      ? try importers.open(request)
      : try MappedSource.open(request, mappings: mappings, importers: importers)
    MemoryBudget.releaseUnused()
    state.withLock { state in
      state.opened[address] = source
      state.opened[asItStands] = source
    }
    return (source, true)
  }

  /// The mapping that an option names; without the option, those of the library that are for the
  /// records of the file; none for `mapping = null`.
  private func mappings(
    _ value: Value?, _ place: String, others: [String: Value], _ types: [String: DataType]
  ) throws(ImportError) -> [TableMapping] {
    if let value { return value.isNull ? [] : [try mapping(value)] }
    // Who says how the columns are to be read wants them as they are.
    guard others.isEmpty, types.isEmpty, !StandardFiles.isStandard(place),
      SourceAddress.scheme(of: place) == nil,
      try importers.importer(of: place).name == Importer.json.name
    else { return [] }
    return MappedSource.recognized(place, among: StandardFiles.mappings)
  }

  /// The mapping of a name: one of the library, or a file.
  private func mapping(_ value: Value) throws(ImportError) -> TableMapping {
    guard case .string(let name) = value else {
      throw ImportError(
        .badOption, "`mapping` is the name of a mapping, as text",
        remedy: "write `mapping = \"argocd\"`, or the path of a file")
    }
    guard name.contains("/") || name.contains(".") else {
      do throws(ImportError) {
        return try TableMapping(
          yaml: StandardFiles.text(of: "std:mappings/\(name).yaml"), name: name
        ).checked(name)
      } catch {
        guard error.kind == .notFound else { throw error }
        let names = StandardFiles.mappingNames
        let near = nearestName(to: name, in: names).map { "did you mean `\($0)`? " } ?? ""
        throw ImportError(
          .badOption, "no mapping is called `\(name)`",
          remedy: near + "There are \(names.joined(separator: ", ")), and files by their path")
      }
    }
    let text = try StandardFiles.isStandard(name) ? StandardFiles.text(of: name) : fileText(name)
    return try TableMapping(yaml: text, name: name).checked(name)
  }

  /// A larger file is no mapping.
  private static let mappingByteLimit = 1 << 28

  private func fileText(_ path: String) throws(ImportError) -> String {
    do throws(SystemError) {
      let bytes = try readFile(located(path), byteLimit: Self.mappingByteLimit)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw ImportError(
        .notFound, "cannot open the mapping `\(path)`: \(error.text)",
        remedy: "check the path")
    }
  }

  /// The source of an address, if it is open already.
  func opened(_ path: String, options: [String: Value]) -> (any DataSource)? {
    state.withLock { $0.opened[Address(path: path, options: options)] }
  }

  /// Forgets what was read from an address, because it has been written to.
  func forget(_ path: String) {
    state.withLock { state in
      state.opened = state.opened.filter { $0.key.path != path }
    }
  }

  /// Puts a source's tables under their names, with the alias before them if there is one.
  ///
  /// A table hides an earlier one of its name; if that is of another source, a warning says so.
  ///
  /// - Parameter address: What reports call the source; its own address without it.
  func attach(_ source: any DataSource, alias: String?, as address: String? = nil) {
    let tables = source.tables.map { table in
      ConformedTable.conforming(
        table, name: table.name, address: source.address, format: source.format)
    }
    state.withLock { state in
      state.sources.append(OpenSource(source: source, alias: alias))
      var hidden: [String: [String]] = [:]
      for table in tables {
        let name = alias.map { "\($0).\(table.name)" } ?? table.name
        if state.tables.updateValue(table, forKey: name) == nil { state.order.append(name) }
        state.attached[name] = AttachedTable(
          name: name, provider: table, address: redactingSecrets(address ?? source.address),
          path: source.address, format: source.format)
        if let other = state.addresses.updateValue(source.address, forKey: name),
          other != source.address
        {
          hidden[other, default: []].append(name)
        }
      }
      for (other, names) in hidden.sorted(by: { $0.key < $1.key }) {
        let tables = names.map { "`\($0)`" }.joined(separator: ", ")
        state.warnings.append(
          "\(tables) of `\(source.address)` \(names.count == 1 ? "hides" : "hide") what "
            + "`\(other)` has under the same name; `open \"…\" as NAME` keeps both")
      }
    }
  }

  /// Takes away the tables of the source that was attached last under an address or alias, and
  /// forgets what was read from it; false when there is none.
  func detach(_ name: String) -> Bool {
    state.withLock { state in
      guard
        let index = state.sources.lastIndex(where: {
          $0.alias == name || $0.source.address == redactingSecrets(name)
        }
        )
      else { return false }
      let closed = state.sources.remove(at: index)
      for table in closed.source.tables {
        let name = closed.alias.map { "\($0).\(table.name)" } ?? table.name
        // A later source may have put another table under the name.
        guard let present = state.tables[name],
          (present as? ConformedTable)?.base ?? present === table
        else { continue }
        state.tables[name] = nil
        state.attached[name] = nil
        state.order.removeAll { $0 == name }
      }
      state.opened = state.opened.filter { $0.value !== closed.source }
      return true
    }
  }

  /// Puts the one table of a source under a name.
  func attach(_ table: any TableProvider, as name: String, from loaded: LoadedSource) {
    let table = ConformedTable.conforming(
      table, name: name, address: loaded.address, format: loaded.format,
      givenTypes: loaded.givenTypes)
    state.withLock { state in
      if state.tables.updateValue(table, forKey: name) == nil { state.order.append(name) }
      state.attached[name] = AttachedTable(
        name: name, provider: table, address: loaded.address, path: loaded.path,
        format: loaded.format, isComplete: loaded.isComplete,
        capturedMicroseconds: loaded.capturedMicroseconds)
    }
  }

  /// Where a table that `load` names comes from, and what the statement says of it.
  struct LoadedSource {
    let address: String
    /// The file that was read.
    let path: String
    let format: String
    let isComplete: Bool?
    let capturedMicroseconds: Int?
    /// The columns whose types it gives.
    let givenTypes: Set<String>

    /// - Parameter options: Those of the statement.
    init(_ address: String, _ source: any DataSource, options: [String: Value]) {
      self.address = redactingSecrets(address)
      path = source.address
      format = source.format
      if case .record(let types)? = options["types"] {
        givenTypes = Set(types.map(\.name))
      } else {
        givenTypes = []
      }
      if case .bool(let isComplete)? = options["complete"] {
        self.isComplete = isComplete
      } else {
        isComplete = nil
      }
      if case .timestamp(let captured)? = options["captured"] {
        capturedMicroseconds = captured
      } else {
        capturedMicroseconds = nil
      }
    }
  }

  /// The options without those that say something of the data instead of how to read them.
  private static func withoutStatements(
    _ options: [String: Value]
  ) throws(ImportError) -> [String: Value] {
    var options = options
    if let value = options.removeValue(forKey: "complete") {
      guard case .bool = value else {
        throw ImportError(.badOption, "`complete` is a bool", remedy: "write `complete = true`")
      }
    }
    if let value = options.removeValue(forKey: "captured") {
      guard case .timestamp = value else {
        throw ImportError(
          .badOption, "`captured` is a time", remedy: "write `captured = @2026-11-23T06:00`")
      }
    }
    return options
  }

  /// `types = {version: "int"}` as types.
  private static func types(from value: Value?) throws(ImportError) -> [String: DataType] {
    guard let value else { return [:] }
    guard case .record(let fields) = value else {
      throw ImportError(
        .badOption, "`types` is a record of column names and types",
        remedy: "write `types = {zip: \"string\"}`")
    }
    var types: [String: DataType] = [:]
    for field in fields {
      guard case .string(let name) = field.value, let type = Self.type(named: name) else {
        throw ImportError(
          .badOption, "the type of `\(field.name)` is none that is known",
          remedy: "types are bool, int, float, string, timestamp and duration, as text")
      }
      types[field.name] = type
    }
    return types
  }

  private static func type(named name: String) -> DataType? {
    switch name {
    case "bool": .bool
    case "int": .int
    case "float": .float
    case "string": .string
    case "timestamp": .timestamp
    case "duration": .duration
    default: nil
    }
  }
}

extension [String: Value] {
  /// The options of a statement that takes one table: a file is read as it stands, also one that
  /// holds an export from which `open` makes several tables.
  var asOneTable: [String: Value] { merging(["mapping": .null]) { own, _ in own } }
}
