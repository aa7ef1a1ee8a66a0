/// A check that has run: what it was, how it ended, and why.
package struct CheckResult: Sendable {
  package let definition: CheckDefinition
  package let outcome: CheckOutcome
  /// Why the outcome is not `pass`, or what limits it; nil when there is nothing to say.
  package let reason: String?
  /// What to do about it.
  package let remedy: String?
  /// The names of tables and columns that were missing.
  package let missing: [String]
  /// What a reader should know, such as tags that no row has.
  package let notes: [String]
  /// The subjects that the check is about; nil when it names none.
  package let subjects: [CheckSubject]?
  package let findings: [Finding]

  package init(
    definition: CheckDefinition, outcome: CheckOutcome, reason: String? = nil,
    remedy: String? = nil, missing: [String] = [], notes: [String] = [],
    subjects: [CheckSubject]? = nil, findings: [Finding] = []
  ) {
    self.definition = definition
    self.outcome = outcome
    self.reason = reason
    self.remedy = remedy
    self.missing = missing
    self.notes = notes
    self.subjects = subjects
    self.findings = findings
  }

  /// The findings that no waiver covers.
  package var openFindings: [Finding] { findings.filter { $0.waiver == nil } }

  /// The findings that a waiver covers.
  package var waivedFindings: [Finding] { findings.filter { $0.waiver != nil } }

  /// The greatest severity among what is open, or the check's own when that is not about findings.
  package var severity: CheckSeverity {
    openFindings.map(\.severity).max() ?? definition.severity
  }

  /// How many subjects are in scope; nil when the check names none.
  package var scopeCount: Int? { subjects?.count }

  /// How many of them could be judged.
  package var evaluatedCount: Int? { subjects.map { $0.count { $0.isEvaluated } } }
}

/// What a check says of itself before it runs.
package struct CheckDefinition: Sendable {
  package let id: String
  package let title: String
  package let severity: CheckSeverity
  /// The group that it belongs to, such as `monitoring`.
  package let group: String?
  /// The controls that it supports, such as `NIST AI RMF GOVERN 1.6`.
  package let references: [String]
  /// What to do when it fails.
  package let fix: String?
  /// The script, and the line in it, counted from 1.
  package let file: String
  package let line: Int

  package init(
    id: String, title: String, severity: CheckSeverity = .standard, group: String? = nil,
    references: [String] = [], fix: String? = nil, file: String, line: Int
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.group = group
    self.references = references
    self.fix = fix
    self.file = file
    self.line = line
  }
}

/// A subject in the scope of a check.
package struct CheckSubject: Sendable {
  package let subject: String
  /// The model that it belongs to; nil when the scope has no column `model`.
  package let model: String?
  /// Whether it could be judged.
  package let isEvaluated: Bool
  package let isFailing: Bool
  package let isWaived: Bool

  package init(
    subject: String, model: String?, isEvaluated: Bool, isFailing: Bool, isWaived: Bool
  ) {
    self.subject = subject
    self.model = model
    self.isEvaluated = isEvaluated
    self.isFailing = isFailing
    self.isWaived = isWaived
  }
}
