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

    mutating func take(_ other: Judgement) {
      outcome = other.outcome
      reason = other.reason
      remedy = other.remedy
      missing = other.missing
    }

    func result(_ definition: CheckDefinition) -> CheckResult {
      CheckResult(
        definition: definition, outcome: outcome, reason: reason, remedy: remedy,
        missing: missing, notes: notes, subjects: subjects, findings: findings)
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
      judgement.findings = try findings(in: table, origins, header)
    }
    if let inScope {
      judgement.subjects = standing(of: inScope, judgement.findings, evaluated: evaluated)
      let outside = (judgement.subjects?.count ?? 0) - inScope.count
      if outside > 0 {
        judgement.notes.append(
          outside == 1
            ? "1 finding is about a subject that is not in its scope"
            : "\(outside) findings are about subjects that are not in its scope")
      }
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
}

extension LogicalPlan {
  /// The first row.
  fileprivate var first: LogicalPlan { .limit(Limit(input: self, skip: 0, count: 1)) }
}
