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
    /// The columns that a user sees.
    package let schema: Schema
  }

  /// A name that a program has defined.
  package struct VariableInfo: Sendable {
    package let name: String
    /// What it holds, such as `int`, `table` or `function`.
    package let type: String
  }

  /// The tables that are open, in the order in which they were opened.
  package var tables: [TableInfo] {
    tableNames.compactMap { name in
      guard let provider = registry.table(named: name) else { return nil }
      let schema = Schema(provider.schema.visibleFields, families: provider.schema.families)
      return TableInfo(
        name: name, summary: provider.summary, rowCount: provider.knownRowCount, schema: schema)
    }
  }

  /// What programs have defined, sorted by name; the last result is `_`.
  package var variables: [VariableInfo] {
    scope.localNames.sorted().compactMap { name in
      scope.lookup(name).map { VariableInfo(name: name, type: $0.typeText) }
    }
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

  /// The aliases of the sources that are open, or their addresses where they have none.
  package var sourceNames: [String] { registry.sources.map { $0.alias ?? $0.source.address } }

  /// Takes the tables of a source away; false when no source has been opened under that address
  /// or alias.
  package func close(_ name: String) -> Bool { registry.detach(name) }
}

extension Binding {
  /// What a name holds, for a person.
  var typeText: String {
    switch self {
    case .value(_, let type), .unknownValue(let type): type.description
    case .expression(let expression): expression.type.description
    case .table: "table"
    case .function: "function"
    case .module: "module"
    case .undetermined: ""
    }
  }
}
