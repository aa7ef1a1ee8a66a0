import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// From rows to subjects and findings with evidence.
extension Interpreter {
  /// A row as the subject that it is about.
  struct SubjectRow: Hashable {
    let subject: String
    let model: String?
    let tier: String?
  }

  func subjectTable(_ syntax: Expression, in scope: Scope) throws(Stop) -> Table {
    let plan = try resolving { (resolver) throws(ResolveStop) in
      resolver.visible(try resolver.table(syntax, in: scope))
    }
    return try rows(plan, range: syntax.range)
  }

  /// The subjects of a table's rows, each once, in order of first appearance.
  func subjects(of table: Table, _ tierColumn: String?) throws(Stop) -> [SubjectRow] {
    var seen: Set<SubjectRow> = []
    var subjects: [SubjectRow] = []
    let reader = SubjectReader(table, tierColumn: tierColumn)
    for row in 0..<table.rowCount {
      if row % Table.chunkRows == 0 { try checkInterruption() }
      let subject = reader.subject(row)
      if seen.insert(subject).inserted { subjects.append(subject) }
    }
    return subjects
  }

  func checkInterruption() throws(Stop) {
    do { try control.check() } catch { throw Stop(Diagnostic(ExecutionError(error), at: nil)) }
  }

  /// How the subjects of a check stand. A finding about another subject than those of the scope stands
  /// behind them as one that fails: whoever counts models must meet it.
  func standing(
    of rows: [SubjectRow], _ findings: [Finding], evaluated: Set<String>?
  ) -> [CheckSubject] {
    let bySubject = Dictionary(grouping: findings, by: \.subject)
    let known = Set(rows.map(\.subject))
    let others = findings.filter { !known.contains($0.subject) }.map { finding in
      CheckSubject(
        subject: finding.subject, model: finding.model, isEvaluated: true, isFailing: true,
        isWaived: finding.waiver != nil)
    }
    return rows.map { row in
      let own = (bySubject[row.subject] ?? []).filter {
        $0.model == nil || row.model == nil || $0.model == row.model
      }
      return CheckSubject(
        subject: row.subject, model: row.model,
        isEvaluated: !own.isEmpty || evaluated?.contains(row.subject) ?? true,
        isFailing: !own.isEmpty, isWaived: !own.isEmpty && own.allSatisfy { $0.waiver != nil })
    } + others
  }

  // MARK: Findings

  /// The rows of evidence that a finding keeps.
  static let evidenceLimit = 50

  func findings(
    in table: Table, _ origins: [any TableProvider], _ header: CheckHeader
  ) throws(Stop) -> [Finding] {
    var order: [SubjectRow] = []
    var rowsOfSubject: [SubjectRow: [Int]] = [:]
    let severities = header.severityColumn.flatMap { table[$0] }
    let reader = SubjectReader(table, tierColumn: header.tierColumn)
    for row in 0..<table.rowCount {
      if row % Table.chunkRows == 0 { try checkInterruption() }
      let subject = reader.subject(row)
      if rowsOfSubject[subject]?.append(row) == nil {
        rowsOfSubject[subject] = [row]
        order.append(subject)
      }
    }
    let kept = order.flatMap { (rowsOfSubject[$0] ?? []).prefix(Self.evidenceLimit) }
    let places = try self.places(of: kept, in: table, origins)
    return order.map { subject in
      let rows = rowsOfSubject[subject] ?? []
      let evidence = rows.prefix(Self.evidenceLimit).map { row in
        Evidence(
          cells: zip(table.schema.fields, table.columns).map { field, column in
            Value.RecordField(field.name, column.value(at: row))
          }, origin: places[row])
      }
      return finding(
        header, subject, severity: severities.flatMap { Self.greatest(of: rows, in: $0) },
        evidence: evidence, hidden: rows.count - evidence.count)
    }
  }

  /// The greatest severity that a column names in some rows; nil when it names none.
  private static func greatest(of rows: [Int], in column: Column) -> CheckSeverity? {
    rows.compactMap { row in
      guard case .string(let name) = column.value(at: row) else { return nil }
      return CheckSeverity(rawValue: name)
    }.max()
  }

  /// A finding of a check; `severity` takes the place of the check's own.
  func finding(
    _ header: CheckHeader, _ row: SubjectRow, severity: CheckSeverity? = nil,
    evidence: [Evidence], hidden: Int = 0
  ) -> Finding {
    let check = header.definition
    let concerned = (audit.waivers ?? []).filter {
      header.isWaivable && $0.waiver.concerns(check: check.id, subject: row.subject)
    }
    let valid = concerned.first { !$0.isExpired }
    let plain = severity ?? check.severity
    let severity = header.tierColumn == nil ? plain : plain.shifted(byTier: row.tier)
    return Finding(
      check: check.id, subject: row.subject, model: row.model, severity: severity,
      waiver: valid?.waiver.id,
      expiredWaiver: valid == nil ? concerned.first?.waiver.id : nil, evidence: evidence,
      hiddenEvidence: hidden)
  }

  /// Where rows of a result stand in the tables that they are from.
  func places(
    of rows: [Int], in table: Table, _ origins: [any TableProvider]
  ) throws(Stop) -> [Int: RowOrigin] {
    var places: [Int: RowOrigin] = [:]
    for provider in origins {
      let open = rows.filter { places[$0] == nil }
      guard !open.isEmpty, let attached = registry.attachedTable(of: provider) else { continue }
      do throws(ImportError) {
        let found = try RowSearch(table, rows: open).positions(in: provider, control: control)
        for (row, position) in found {
          places[row] = RowOrigin(
            address: attached.address, table: attached.name, row: position + 1)
        }
      } catch {
        throw Stop(Diagnostic(error, at: nil))
      }
    }
    return places
  }
}

/// Reads what the rows of a table are about.
private struct SubjectReader {
  private let subject: Column?
  private let model: Column?
  private let tier: Column?

  init(_ table: Table, tierColumn: String?) {
    subject = table["subject"] ?? table.columns.first
    model = table["model"]
    tier = tierColumn.flatMap { table[$0] }
  }

  func subject(_ row: Int) -> Interpreter.SubjectRow {
    Interpreter.SubjectRow(
      subject: subject.map { plainText($0.value(at: row)) } ?? "", model: text(model, row),
      tier: text(tier, row))
  }

  private func text(_ column: Column?, _ row: Int) -> String? {
    guard let column, !column.isNull(row) else { return nil }
    return plainText(column.value(at: row))
  }
}
