import PlumbCharts
package import PlumbColumns
import PlumbFormats
import PlumbPlan

/// What a session holds, for showing it to a person.
extension Session {
  /// A table of an open source.
  package struct TableInfo: Sendable {
    package let name: String
    package let summary: String
    /// The rows, if they are known without loading.
    package let rowCount: Int?
    fileprivate let provider: any TableProvider

    /// The columns that a user sees. The keys of some tables are not known before their rows are
    /// read, which happens here.
    package var schema: Schema {
      Schema(provider.schema.visibleFields, families: provider.schema.families)
    }
  }

  /// A name that a program has defined.
  package struct VariableInfo: Sendable {
    package let name: String
    /// What it holds, such as `int`, `table` or `function`.
    package let type: String
    /// The rows of a table, if they are known.
    package let rowCount: Int?
  }

  /// The tables that are open, in the order in which they were opened.
  package var tables: [TableInfo] {
    tableNames.compactMap { name in
      guard let provider = registry.table(named: name) else { return nil }
      return TableInfo(
        name: name, summary: provider.summary, rowCount: provider.knownRowCount,
        provider: provider)
    }
  }

  /// What programs have defined, sorted by name; the last result is `_`.
  package var variables: [VariableInfo] {
    scope.localNames.sorted().compactMap { name in
      scope.lookup(name).map {
        VariableInfo(name: name, type: $0.typeText, rowCount: $0.knownRowCount)
      }
    }
  }

  /// The columns of a table that a program has named; nil when the name is none of a table.
  package func schema(ofVariable name: String) -> Schema? {
    guard case .table(let plan)? = scope.lookup(name) else { return nil }
    return Schema(plan.schema.visibleFields, families: plan.schema.families)
  }

  /// The last result that a program showed; nil before the first.
  package var lastResult: ShownResult? {
    switch scope.lookup("_") {
    case .value(let value, let type)?: return .value(value, type)
    case .table(.scan(let scan))?:
      return (scan.provider as? MemoryTable).map { .table($0.table, nullConditionRows: 0) }
    case .table(.plot(let plot))?:
      guard case .scan(let scan) = plot.input, let memory = scan.provider as? MemoryTable else {
        return nil
      }
      return .chart(Chart(plot.specification, memory.table), nullConditionRows: 0)
    default: return nil
    }
  }

  /// What `help(name)` shows; without a name, what there is.
  package func helpText(on name: String?, width: Int = 80) -> String {
    HelpTextRenderer(width: width).text(help, for: name)
  }

  /// Whether help has a page on a name, or on what it is called here.
  package func hasHelp(on name: String) -> Bool {
    !help.pages(for: name).isEmpty || help.ownName(for: name) != nil
  }

  /// The name that was probably meant by one without a page, in quotes.
  package func helpSuggestion(for name: String) -> String? { help.suggestion(for: name) }

  /// The aliases of the sources that are open, or their addresses where they have none.
  package var sourceNames: [String] { registry.sources.map { $0.alias ?? $0.source.address } }

  /// Takes the tables of a source away; false when no source has been opened under that address
  /// or alias.
  package func close(_ name: String) -> Bool { registry.detach(name) }
}

extension Binding {
  /// The rows of a table that is in memory.
  fileprivate var knownRowCount: Int? {
    guard case .table(.scan(let scan)) = self else { return nil }
    return scan.provider.knownRowCount
  }

  /// What a name holds, for a person.
  var typeText: String {
    switch self {
    case .value(_, let type), .unknownValue(let type): type.description
    case .expression(let expression, _): expression.type.description
    case .table: "table"
    case .function: "function"
    case .module: "module"
    case .undetermined: ""
    }
  }
}
