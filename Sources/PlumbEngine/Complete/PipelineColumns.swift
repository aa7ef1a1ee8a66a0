import PlumbColumns
import PlumbDiagnostics
import PlumbOutput
import PlumbPlan
import PlumbSyntax
import Synchronization

/// The columns at a point of a pipeline, as completion offers them.
///
/// A store may have tens of thousands of metric keys, and each key that is typed asks anew: columns
/// are sorted out once, and candidates made only of those that match.
final class PipelineColumns: Sendable {
  let schema: Schema
  /// The plan that gives the columns.
  let plan: LogicalPlan
  /// The columns outside of families, and the families.
  private let own: [CompletionCandidate]
  /// Where the members of each family stand in the schema.
  private let members: [String: [Int]]
  /// The members of families that have been asked for, as candidates by their keys.
  private let made = Mutex<[String: [CompletionCandidate]]>([:])

  init(_ plan: LogicalPlan) {
    self.plan = plan
    let schema = plan.schema
    self.schema = schema
    let summaries = Self.summaries(of: plan)
    var own: [CompletionCandidate] = []
    var members: [String: [Int]] = [:]
    // Keys that were selected one by one are columns like others.
    let open = Set(schema.families.map(\.name))
    var family: String?
    var run: [Int] = []
    func endRun() {
      if let family, !run.isEmpty { members[family, default: []] += run }
      run = []
    }
    for (index, field) in schema.fields.enumerated() where !field.isHidden {
      if field.family != family {
        endRun()
        family = field.family
      }
      if family.map({ !open.contains($0) }) ?? true {
        own.append(Self.candidate(NameSpelling.column(field.name), field, summaries[field.name]))
      } else {
        run.append(index)
      }
    }
    endRun()
    for family in schema.families {
      let count = members[family.name]?.count ?? 0
      own.append(
        CompletionCandidate(
          family.name + ".", .family, type: counted(count, "key"),
          summary: summaries[family.name] ?? ""))
    }
    self.own = own
    self.members = members
  }

  /// What columns and families mean, as far as the tables that they come from say it.
  private static func summaries(of plan: LogicalPlan) -> [String: String] {
    if case .scan(let scan) = plan { return scan.provider.columnSummaries }
    return plan.inputs.map(summaries).reduce(into: [:]) { all, more in
      all.merge(more) { first, _ in first }
    }
  }

  private static func candidate(
    _ text: String, _ field: Schema.Field, _ summary: String? = nil
  ) -> CompletionCandidate {
    CompletionCandidate(text, .column, type: field.type.description, summary: summary ?? "")
  }

  /// The columns that a word may become, those of families by their whole names.
  func matching(_ word: String) -> [CompletionCandidate] {
    // Of one letter, the keys of families would be too many.
    guard word.utf8.count >= 2 else { return own.matching(word) }
    var ranked = RankedCandidates(word)
    for candidate in own { ranked.add(candidate) }
    for family in schema.families {
      for index in members[family.name] ?? [] {
        let field = schema.fields[index]
        ranked.add(field.name) { Self.candidate(NameSpelling.column(field.name), field) }
      }
    }
    return ranked.all
  }

  /// What may follow a prefix and a point: keys of a family, fields of a record.
  func members(of prefix: String) -> [CompletionCandidate] {
    if let field = schema[prefix], case .record(let fields) = field.type {
      return fields.map {
        CompletionCandidate(NameSpelling.name($0.name), .column, type: $0.type.description)
      }
    }
    if let known = made.withLock({ $0[prefix] }) { return known }
    let found = fields(under: prefix).map { key, field in
      Self.candidate(NameSpelling.key(String(key)), field)
    }
    made.withLock { $0[prefix] = found }
    return found
  }

  /// The keys of a family, as text.
  func keys(of family: String) -> [CompletionCandidate] {
    (members[family] ?? []).map { index in
      let field = schema.fields[index]
      return Self.candidate(String(field.key), field)
    }
  }

  private func fields(under prefix: String) -> [(key: Substring, field: Schema.Field)] {
    if let indices = members[prefix] {
      return indices.map { (schema.fields[$0].key, schema.fields[$0]) }
    }
    let start = prefix + "."
    return schema.visibleFields.filter { $0.name.hasPrefix(start) }.map {
      ($0.name.dropFirst(start.count), $0)
    }
  }

  /// The texts of a column that its table knows without loading any; nil where it does not, or
  /// where the pipeline makes columns of its own.
  func knownTexts(of column: String) -> [String]? {
    var plan = plan
    while true {
      switch plan {
      case .scan(let scan): return scan.provider.knownTexts(of: column)
      case .filter(let node): plan = node.input
      case .sort(let node): plan = node.input
      default: return nil
      }
    }
  }
}
