import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbFormats
import PlumbFunctions
import PlumbOutput
import PlumbPlan
import PlumbSyntax

/// All that help knows: the language, the functions, the tables that are open, the modules, and
/// what the program has defined. Every page is made from a definition.
package struct HelpCatalog: Sendable {
  let functions: FunctionCatalog
  let registry: SourceRegistry
  let scope: Scope

  /// Everything that a name is. Empty when help has no such name; see `suggestion(for:)`.
  ///
  /// Takes a name (`mean`), a member (`runs.status`, `experiments.best`), an operator (`??`) or an
  /// error code (`E0203`), each also in quotes.
  package func pages(for subject: String) -> [HelpPage] {
    let name = Self.bare(subject)
    return programPages(name) + languagePages(name) + tablePages(name) + functionPages(name)
      + modulePages(name) + formatPages(name) + groupPages(name)
  }

  /// Every name that has a page, but columns and error codes: what completion offers.
  ///
  /// Costs a few milliseconds and reads no data; worth keeping between keystrokes.
  package var entries: [HelpEntry] {
    let tables = openTables.map { HelpEntry($0.name, .table, $0.table.summary) }
    return tables + lastingPages.map { HelpEntry($0.name, $0.kind, $0.summary) }
  }

  /// What to look up instead of a name that has no page.
  package func suggestion(for subject: String) -> String? {
    let name = Self.bare(subject)
    if let foreign = ForeignWords.function(name) { return "`\(foreign)`" }
    var names = entries.map(\.name)
    if let dot = name.firstIndex(of: ".") {
      let prefix = name[..<dot]
      names += members(of: String(prefix)).map { "\(prefix).\($0)" }
    } else {
      for table in openTables { names += table.table.schema.visibleFields.map(\.name) }
    }
    return nearestName(to: name, in: names).map { "`\($0)`" }
  }

  /// What a stage or function of another language is called here, with its pages.
  package func ownName(for subject: String) -> (name: String, pages: [HelpPage])? {
    let name = Self.bare(subject)
    guard let own = ForeignWords.stage(name) ?? ForeignWords.function(name) else { return nil }
    let word = own.prefix { $0.isLetter || $0 == "_" }
    // `x ?? value` begins with what stands for anything.
    guard word.count > 1 else { return nil }
    let pages = pages(for: String(word))
    return pages.isEmpty ? nil : (own, pages)
  }

  /// A name without its quotes and the spaces around it.
  static func bare(_ subject: String) -> String {
    let text = subject.filter { $0 != "\"" && $0 != "`" && $0 != "'" }
    return text.split(separator: " ").joined(separator: " ")
  }

  // MARK: Where pages come from

  var openTables: [(name: String, table: any TableProvider)] {
    registry.tableNames.compactMap { name in registry.table(named: name).map { (name, $0) } }
  }

  var stagePages: [HelpPage] {
    StageCatalog.all.map { HelpPage($0, .stage) }
  }

  var statementPages: [HelpPage] {
    StatementCatalog.all.map { HelpPage($0, .statement) }
  }

  var topicPages: [HelpPage] { TopicCatalog.all.map { HelpPage($0, .topic) } }

  var aggregatePages: [HelpPage] {
    functions.aggregates.values.map { HelpPage($0) }.sorted { $0.name < $1.name }
  }

  var windowPages: [HelpPage] {
    functions.windows.values.map { HelpPage($0) }.sorted { $0.name < $1.name }
  }

  /// The scalar functions by topic, both in order.
  var scalarPages: [(topic: String, pages: [HelpPage])] {
    let topics = Dictionary(grouping: functions.scalars.values, by: \.topic)
    return topics.keys.sorted { $0.lowercased() < $1.lowercased() }.map { topic in
      let functions = (topics[topic] ?? []).sorted { $0.name < $1.name }
      return (topic, functions.map { HelpPage($0) })
    }
  }

  var sourcePages: [HelpPage] { ImporterCatalog.builtin.importers.map { HelpPage($0) } }

  var outputFormatPages: [HelpPage] { OutputFormatCatalog.builtin.formats.map { HelpPage($0) } }

  /// The pages that do not depend on what is open.
  private var lastingPages: [HelpPage] {
    var pages = stagePages + statementPages + topicPages + aggregatePages + windowPages
    pages += scalarPages.flatMap(\.pages)
    for module in ModuleDocumentation.names.compactMap(ModuleDocumentation.init(named:)) {
      pages.append(HelpPage(module))
      pages += module.functions.map { HelpPage($0, .moduleFunction, module: module.name) }
    }
    return pages + sourcePages + outputFormatPages
  }

  // MARK: Finding them

  private func programPages(_ name: String) -> [HelpPage] {
    if case .function(let function)? = scope.lookup(name) { return [HelpPage(function)] }
    if case .module(let module)? = scope.lookup(name), !ModuleDocumentation.names.contains(name) {
      return [HelpPage(ModuleDocumentation(name: name, module: module))]
    }
    guard let dot = name.firstIndex(of: "."),
      case .module(let module)? = scope.lookup(String(name[..<dot])),
      case .function(let function)? = module.lookup(String(name[name.index(after: dot)...]))
    else { return [] }
    let documented = DocumentedFunction(
      name: function.name, parameters: function.parameters,
      documentation: function.documentation)
    return [HelpPage(documented, .moduleFunction, module: String(name[..<dot]))]
  }

  private func languagePages(_ name: String) -> [HelpPage] {
    var pages: [HelpPage] = []
    if let stage = StageKeyword(rawValue: name)?.definition {
      pages.append(HelpPage(stage, .stage))
    }
    for statement in StatementCatalog.all where statement.isFound(as: name) {
      pages.append(HelpPage(statement, .statement))
    }
    for topic in TopicCatalog.all where topic.isFound(as: name) {
      pages.append(HelpPage(topic, .topic))
    }
    return pages
  }

  private func tablePages(_ name: String) -> [HelpPage] {
    var pages: [HelpPage] = []
    if let table = registry.table(named: name) {
      pages.append(HelpPage(table, name: name))
    } else if let table = GovernanceCatalog.named(name) {
      pages.append(HelpPage(table))
    }
    for (tableName, table) in openTables where name.hasPrefix(tableName + ".") {
      let member = String(name.dropFirst(tableName.count + 1))
      if let family = table.schema.family(member) {
        pages.append(HelpPage(family, of: table, name: tableName))
      } else if let page = HelpPage.columns(named: member, in: [(tableName, table)]) {
        pages.append(page)
      }
    }
    if let page = HelpPage.columns(named: name, in: openTables) { pages.append(page) }
    return pages
  }

  /// A group of names: the functions of a topic, all stages, all aggregates.
  private func groupPages(_ name: String) -> [HelpPage] {
    groups.filter { $0.name.lowercased() == name.lowercased() }.map { group in
      HelpPage(
        group.name, .group, summary: "",
        sections: [
          .entries(
            title: counted(group.pages.count, "name"),
            group.pages.map { HelpPage.Entry($0.name, $0.summary) })
        ])
    }
  }

  /// The groups that have a page of their own.
  var groups: [(name: String, pages: [HelpPage])] {
    [
      ("stages", stagePages), ("statements", statementPages), ("topics", topicPages),
      ("aggregates", aggregatePages), ("windows", windowPages),
    ] + scalarPages.map { ($0.topic, $0.pages) } + [
      ("sources", sourcePages), ("formats", outputFormatPages),
    ]
  }

  private func functionPages(_ name: String) -> [HelpPage] {
    var pages: [HelpPage] = []
    if let function = functions.aggregates[name] { pages.append(HelpPage(function)) }
    if let function = functions.windows[name] { pages.append(HelpPage(function)) }
    if let function = functions.scalars[name] {
      pages.append(HelpPage(function))
    }
    return pages
  }

  private func modulePages(_ name: String) -> [HelpPage] {
    if let module = ModuleDocumentation(named: name) { return [HelpPage(module)] }
    guard let dot = name.firstIndex(of: "."),
      let module = ModuleDocumentation(named: String(name[..<dot])),
      let function = module.functions.first(where: {
        $0.name == name[name.index(after: dot)...]
      }), scope.lookup(module.name) == nil
    else { return [] }
    return [HelpPage(function, .moduleFunction, module: module.name)]
  }

  private func formatPages(_ name: String) -> [HelpPage] {
    var pages = sourcePages.filter { $0.name == name }
    pages += outputFormatPages.filter { $0.name == name }
    if let code = DiagnosticCode.all.first(where: { $0.id == name.uppercased() }) {
      pages.append(HelpPage(code))
    }
    return pages
  }

  /// What may follow `name.`: the columns of a table, the functions of a module.
  private func members(of name: String) -> [String] {
    let schema = registry.table(named: name)?.schema
    var members = schema?.families.map(\.name) ?? []
    members += schema?.visibleFields.map(\.name) ?? []
    members += ModuleDocumentation(named: name)?.functions.map(\.name) ?? []
    if case .module(let module)? = scope.lookup(name) { members += module.localNames }
    return members
  }
}

extension LanguageDefinition {
  /// Whether help finds the definition under a name.
  fileprivate func isFound(as name: String) -> Bool { self.name == name || aliases.contains(name) }
}
