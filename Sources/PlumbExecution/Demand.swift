import PlumbColumns
import PlumbPlan

/// What the operators above want of a plan.
///
/// Columns that only a filter reads go no further than the filter, and those that nobody reads are
/// never loaded. What may fail is computed all the same: whether a program ends with an error does
/// not hang on what it reads later.
struct Demand: Sendable {
  /// The columns that are wanted; nil for all.
  let columns: Set<String>?
  /// How far below the root the plan stands, for the report.
  let depth: Int

  func wants(_ name: String) -> Bool { columns?.contains(name) ?? true }

  /// All columns, one level down.
  var all: Demand { Demand(columns: nil, depth: depth + 1) }

  /// The wanted columns and those that expressions read, one level down.
  func adding(_ expressions: [ResolvedExpression]) -> Demand {
    guard let columns else { return all }
    return Demand(columns: columns.union(names(expressions)), depth: depth + 1)
  }

  /// Just the columns that expressions read, one level down.
  func only(_ expressions: [ResolvedExpression]) -> Demand {
    Demand(columns: names(expressions), depth: depth + 1)
  }

  /// Just these columns, one level down; all, if all are wanted.
  func only(_ names: some Sequence<String>, adding expressions: [ResolvedExpression]) -> Demand {
    guard columns != nil else { return all }
    return Demand(columns: Set(names).union(self.names(expressions)), depth: depth + 1)
  }

  private func names(_ expressions: [ResolvedExpression]) -> Set<String> {
    var names: Set<String> = []
    for expression in expressions { expression.collectColumnNames(into: &names) }
    return names
  }

  /// The fields of a schema that are wanted.
  func wanted(of schema: Schema) -> Schema {
    guard columns != nil else { return schema }
    return Schema(schema.fields.filter { wants($0.name) }, families: schema.families)
  }
}
