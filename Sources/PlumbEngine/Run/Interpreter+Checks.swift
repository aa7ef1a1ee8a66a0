import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// The statement `check`: from its body to an outcome with evidence.
extension Interpreter {
  /// Runs a check. What goes wrong inside is its outcome; only an interruption, the memory limit
  /// and a mistake in what stands before the body end the run.
  func check(_ node: CheckStatement, in scope: Scope) throws(Stop) {
    try readWaivers(in: scope, at: node.range)
    let header = try resolving { (resolver) throws(ResolveStop) in
      try resolver.header(of: node, in: scope)
    }
    guard selection.includes(header.definition) else { return audit.skipCheck() }
    guard audit.begin(id: header.definition.id) else {
      throw Stop(
        Diagnostic(
          .duplicateName, "two checks have the id `\(header.definition.id)`", at: node.id.range))
    }
    defer { _ = audit.end() }
    var judgement = Judgement()
    do throws(Stop) {
      judgement = try judge(node, header, in: Scope(parent: scope))
    } catch {
      judgement.take(try outcome(of: error))
    }
    let keys = audit.end()
    if !keys.isEmpty {
      judgement.notes.append(
        "no row has " + keys.map { "`\($0)`" }.joined(separator: ", ")
          + ", so that \(keys.count == 1 ? "it" : "each") was read as null")
    }
    audit.add(judgement.result(header.definition))
  }

  /// What is known of a check while it is evaluated.
  struct Judgement {
    var outcome = CheckOutcome.pass
    var reason: String?
    var remedy: String?
    var missing: [String] = []
    var notes: [String] = []
    var subjects: [CheckSubject]?
    var findings: [Finding] = []
    var failingRows = 0

    mutating func take(_ other: Judgement) {
      outcome = other.outcome
      reason = other.reason
      remedy = other.remedy
      missing = other.missing
    }

    func result(_ definition: CheckDefinition) -> CheckResult {
      CheckResult(
        definition: definition, outcome: outcome, reason: reason, remedy: remedy,
        missing: missing, notes: notes, subjects: subjects, findings: findings,
        failingRows: failingRows)
    }

    static func unknown(
      _ reason: String, remedy: String? = nil, missing: [String] = []
    ) -> Judgement {
      var judgement = Judgement()
      judgement.outcome = .unknown
      judgement.reason = reason
      judgement.remedy = remedy
      judgement.missing = missing
      return judgement
    }
  }

  private func judge(
    _ node: CheckStatement, _ header: CheckHeader, in scope: Scope
  ) throws(Stop) -> Judgement {
    if let lack = try lack(of: header.needs) { return lack }
    var judgement = Judgement()
    var inScope: [SubjectRow]?
    if let syntax = header.scope {
      let rows = try subjects(of: try subjectTable(syntax, in: scope), header.tierColumn)
      if rows.isEmpty, !header.allowsEmptyScope {
        return .unknown(
          "nothing is in its scope", remedy: "`empty_ok = true` makes that a pass")
      }
      inScope = rows
    }
    var evaluated: Set<String>?
    if let syntax = header.evaluated {
      let rows = try subjects(of: try subjectTable(syntax, in: scope), nil)
      evaluated = Set(rows.map(\.subject))
    }
    switch try bodyResult(node.body, in: scope) {
    case .undecided:
      return .unknown("the condition is null")
    case .condition(let holds):
      if !holds {
        judgement.findings = [
          finding(
            header, SubjectRow(subject: header.definition.id, model: nil, tier: nil), evidence: [])
        ]
      }
    case .rows(let table, let origins, let nullRows):
      if nullRows > 0 {
        judgement.notes.append(
          nullRows == 1
            ? "1 row was left out because a condition was null"
            : "\(nullRows) rows were left out because a condition was null")
      }
      judgement.failingRows = table.rowCount
      judgement.findings = try findings(in: table, origins, header)
    }
    judgement.subjects = inScope.map { rows in
      standing(of: rows, judgement.findings, evaluated: evaluated)
    }
    decide(&judgement)
    return judgement
  }

  /// The outcome that findings and subjects mean.
  private func decide(_ judgement: inout Judgement) {
    let open = judgement.findings.count { $0.waiver == nil }
    if open > 0 {
      judgement.outcome = .fail
      let expired = judgement.findings.compactMap(\.expiredWaiver)
      if let waiver = expired.first { judgement.notes.append("waiver `\(waiver)` has expired") }
      return
    }
    if let subjects = judgement.subjects {
      let left = subjects.filter { !$0.isEvaluated }
      if let first = left.first {
        judgement.outcome = .unknown
        judgement.reason =
          "\(left.count) of \(subjects.count) subjects could not be judged, such as "
          + "`\(first.subject)`"
        return
      }
    }
    judgement.outcome = judgement.findings.isEmpty ? .pass : .waived
  }

  // MARK: The body

  private enum BodyResult {
    case condition(Bool)
    /// The condition is null.
    case undecided
    /// The offending rows, the tables that they are from, and how many rows had a null condition.
    case rows(Table, [any TableProvider], nullRows: Int)
  }

  private func bodyResult(_ block: Block, in scope: Scope) throws(Stop) -> BodyResult {
    for statement in block.statements.dropLast() {
      guard case .leave(let value) = try execute(statement, in: scope, shows: false) else {
        continue
      }
      return try result(value, at: statement.range)
    }
    guard let last = block.statements.last else { throw noResult(at: block.range) }
    switch last {
    case .expression(let expression) where Command(expression, scope: scope) == nil:
      return try result(of: expression, in: scope)
    case .returnValue(let node):
      guard let value = node.value else { throw noResult(at: node.range) }
      return try result(of: value, in: scope)
    case .conditional(let node):
      for branch in node.branches where try isTrue(branch.condition, in: scope) {
        return try bodyResult(branch.body, in: Scope(parent: scope))
      }
      guard let otherwise = node.otherwise else { throw noResult(at: node.range) }
      return try bodyResult(otherwise, in: Scope(parent: scope))
    default:
      guard case .leave(let value) = try execute(last, in: scope, shows: false) else {
        throw noResult(at: last.range)
      }
      return try result(value, at: last.range)
    }
  }

  private func result(of expression: Expression, in scope: Scope) throws(Stop) -> BodyResult {
    let resolved = try resolving { (resolver) throws(ResolveStop) in
      switch try resolver.resolve(expression, in: scope) {
      case .table(let plan): Resolved.table(resolver.visible(plan))
      case let other: other
      }
    }
    switch resolved {
    case .table(let plan):
      let report = ExecutionReport()
      let table = try rows(plan, range: expression.range, report: report)
      return .rows(table, plan.origins, nullRows: report.nullConditionRows)
    case .scalar(let value):
      return try result(
        .value(try self.value(value, range: expression.range), value.type), at: expression.range)
    case .function, .module, .undetermined: throw noResult(at: expression.range)
    }
  }

  private func result(
    _ value: PlumbPlan.Binding, at range: SourceRange
  ) throws(Stop) -> BodyResult {
    switch value {
    case .value(.bool(let holds), _): return .condition(holds)
    case .value(.null, _): return .undecided
    case .table(let plan):
      return .rows(try rows(plan, range: range), plan.origins, nullRows: 0)
    case .value, .unknownValue, .expression, .function, .module, .undetermined:
      throw noResult(at: range)
    }
  }

  private func noResult(at range: SourceRange) -> Stop {
    Stop(
      Diagnostic(
        .typeMismatch, "a check gives the offending rows or a bool, and this gives neither",
        at: range))
  }

  // MARK: Subjects

  /// A row as the subject that it is about.
  struct SubjectRow: Hashable {
    let subject: String
    let model: String?
    let tier: String?
  }

  private func subjectTable(_ syntax: Expression, in scope: Scope) throws(Stop) -> Table {
    let plan = try resolving { (resolver) throws(ResolveStop) in
      resolver.visible(try resolver.table(syntax, in: scope))
    }
    return try rows(plan, range: syntax.range)
  }

  /// The subjects of a table's rows, each once, in order of first appearance.
  private func subjects(of table: Table, _ tierColumn: String?) throws(Stop) -> [SubjectRow] {
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

  private func checkInterruption() throws(Stop) {
    do { try control.check() } catch { throw Stop(Diagnostic(ExecutionError(error), at: nil)) }
  }

  private func standing(
    of rows: [SubjectRow], _ findings: [Finding], evaluated: Set<String>?
  ) -> [CheckSubject] {
    let bySubject = Dictionary(grouping: findings, by: \.subject)
    return rows.map { row in
      let own = (bySubject[row.subject] ?? []).filter {
        $0.model == nil || row.model == nil || $0.model == row.model
      }
      return CheckSubject(
        subject: row.subject, model: row.model,
        isEvaluated: !own.isEmpty || evaluated?.contains(row.subject) ?? true,
        isFailing: !own.isEmpty, isWaived: !own.isEmpty && own.allSatisfy { $0.waiver != nil })
    }
  }

  // MARK: Findings

  /// The rows of evidence that a finding keeps.
  static let evidenceLimit = 50

  private func findings(
    in table: Table, _ origins: [any TableProvider], _ header: CheckHeader
  ) throws(Stop) -> [Finding] {
    var order: [SubjectRow] = []
    var rowsOfSubject: [SubjectRow: [Int]] = [:]
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
      return finding(header, subject, evidence: evidence, hidden: rows.count - evidence.count)
    }
  }

  private func finding(
    _ header: CheckHeader, _ row: SubjectRow, evidence: [Evidence], hidden: Int = 0
  ) -> Finding {
    let check = header.definition
    let concerned = (audit.waivers ?? []).filter {
      header.isWaivable && $0.waiver.concerns(check: check.id, subject: row.subject)
    }
    let valid = concerned.first { !$0.isExpired }
    let severity =
      header.tierColumn == nil ? check.severity : check.severity.shifted(byTier: row.tier)
    return Finding(
      check: check.id, subject: row.subject, model: row.model, severity: severity,
      waiver: valid?.waiver.id,
      expiredWaiver: valid == nil ? concerned.first?.waiver.id : nil, evidence: evidence,
      hiddenEvidence: hidden)
  }

  /// Where rows of a result stand in the tables that they are from.
  private func places(
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

  // MARK: What ends a check early

  /// The outcome that an error inside a check means; errors that end the run are thrown on.
  private func outcome(of stop: Stop) throws(Stop) -> Judgement {
    let errors = stop.diagnostics.displayed.filter { $0.severity == .error }
    if stop.isInterruption || errors.contains(where: { $0.code == .memoryLimit }) { throw stop }
    guard let first = errors.first else { throw stop }
    if first.code == .checkUndecided { return .unknown(first.message, remedy: first.help) }
    if errors.allSatisfy(\.code.isAboutMissingData) {
      let names = errors.compactMap { quotedName(in: $0.message) }
      return .unknown(
        reason(first), remedy: first.help, missing: names)
    }
    var judgement = Judgement()
    judgement.outcome = .error
    judgement.reason = reason(first)
    judgement.remedy = first.help
    return judgement
  }

  private func reason(_ diagnostic: Diagnostic) -> String {
    diagnostic.label.map { "\(diagnostic.message): \($0)" } ?? diagnostic.message
  }

  private func quotedName(in message: String) -> String? {
    let parts = message.split(separator: "`", omittingEmptySubsequences: false)
    return parts.count >= 3 ? String(parts[1]) : nil
  }

  /// Why the tables that a check needs leave it undecided; nil when they do not.
  private func lack(of names: [String]) throws(Stop) -> Judgement? {
    var absent: [String] = []
    var empty: [String] = []
    for name in names {
      guard let provider = table(named: name) else {
        absent.append(name)
        continue
      }
      if try isEmpty(provider), try !isDeclaredComplete(name, provider) { empty.append(name) }
    }
    var reasons: [String] = []
    if !absent.isEmpty { reasons.append("no source has \(Self.named(absent))") }
    if !empty.isEmpty {
      reasons.append("\(Self.named(empty)) \(empty.count == 1 ? "has" : "have") no rows")
    }
    guard !reasons.isEmpty else { return nil }
    return .unknown(reasons.joined(separator: ", and "), missing: absent + empty)
  }

  /// `the tables `a` and `b``
  private static func named(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return "the table \(quoted[0])" }
    return "the tables \(quoted.dropLast().joined(separator: ", ")) and \(last)"
  }

  private func isEmpty(_ provider: any TableProvider) throws(Stop) -> Bool {
    if let count = provider.knownRowCount { return count == 0 }
    let plan = Resolver(host: self, functions: functions).scan(provider).first
    return try rows(plan, range: nil).rowCount == 0
  }

  /// Whether `load` or a table `manifest` says that a table without rows is whole.
  private func isDeclaredComplete(
    _ name: String, _ provider: any TableProvider
  ) throws(Stop) -> Bool {
    if registry.attachedTable(of: provider)?.isComplete == true { return true }
    do throws(ImportError) {
      return try manifest.declaration(of: name, control)?.isComplete == true
    } catch { throw Stop(Diagnostic(error, at: nil)) }
  }

  // MARK: Waivers, sections, the end

  /// Reads the table `waivers` before the first check.
  private func readWaivers(in scope: Scope, at range: SourceRange) throws(Stop) {
    guard audit.waivers == nil else { return }
    var table: Table?
    if case .table(let plan)? = scope.lookup("waivers") {
      table = try rows(plan, range: range)
    } else if let provider = registry.table(named: "waivers") {
      table = try rows(
        Resolver(host: self, functions: functions).scan(provider), range: range)
    }
    do throws(WaiverReader.Mistake) {
      let waivers = try table.map { (table) throws(WaiverReader.Mistake) in
        try WaiverReader.read(table)
      }
      let now = environment.nowMicroseconds
      audit.setWaivers(
        (waivers ?? []).map {
          WaiverUse(waiver: $0, isExpired: $0.isExpired(atMicroseconds: now))
        })
    } catch {
      throw Stop(
        Diagnostic(.badWaiver, error.message, at: nil, help: error.remedy))
    }
  }

  func undecided(_ call: Expression.Call, in scope: Scope) throws(Stop) -> Stop {
    var why = "it says so"
    if let argument = call.arguments.first {
      let value = try resolving { (resolver) throws(ResolveStop) in
        try resolver.scalar(argument.value, in: scope, .scalar)
      }
      why = plainText(try self.value(value, range: argument.range))
    }
    return Stop(Diagnostic(.checkUndecided, why, at: call.range))
  }

  func addSection(_ call: Expression.Call, in scope: Scope) throws(Stop) {
    guard call.arguments.count == 2 else {
      throw Stop(
        Diagnostic(.missingArgument, "`report` takes a title and a table", at: call.range))
    }
    let title = try resolving { (resolver) throws(ResolveStop) in
      try resolver.scalar(call.arguments[0].value, in: scope, .scalar)
    }
    let plan = try resolving { (resolver) throws(ResolveStop) in
      resolver.visible(try resolver.table(call.arguments[1].value, in: scope))
    }
    audit.add(
      ReportSection(
        title: plainText(try value(title, range: call.range)),
        table: try rows(plan, range: call.range)))
  }

  /// Tells of the audit, if the program had checks.
  func endAudit(of program: PreparedProgram, _ options: SessionOptions) throws(Stop) {
    guard audit.hasBegun else { return }
    var report = AuditReport(
      script: ScriptRecord(
        name: program.file.name, digest: SHA256.hex(of: program.file.bytes)),
      asOfMicroseconds: environment.nowMicroseconds)
    audit.fill(&report)
    report.toolVersion = options.toolVersion
    report.gate = options.auditGate
    report.movement = options.auditHistory?.movement(of: report)
    do throws(ImportError) { report.sources = try manifest.records(control) } catch {
      throw Stop(Diagnostic(error, at: nil))
    }
    handler(.audited(report))
  }
}

extension LogicalPlan {
  /// The first row.
  fileprivate var first: LogicalPlan { .limit(Limit(input: self, skip: 0, count: 1)) }
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
