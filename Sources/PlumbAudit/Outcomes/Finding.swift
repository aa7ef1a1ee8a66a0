package import PlumbColumns

/// A subject that offends against a check, with the rows that show it.
package struct Finding: Sendable {
  /// What offends: the cell of the column `subject` of the offending row, else of its first.
  package let subject: String
  /// The model that it belongs to: the cell of the column `model`; nil when there is no such.
  package let model: String?
  /// The check's severity, shifted by the risk tier of the row if the check says so.
  package let severity: CheckSeverity
  /// The waiver that covers it.
  package let waiver: String?
  /// A waiver that covered it until it expired.
  package let expiredWaiver: String?
  /// What tells the finding apart from others, from run to run: made of the check, the model and
  /// the subject, never of values or dates.
  package let fingerprint: String
  package let evidence: [Evidence]
  /// The rows of evidence that were left out because there are too many.
  package let hiddenEvidence: Int

  package init(
    check: String, subject: String, model: String?, severity: CheckSeverity, waiver: String?,
    expiredWaiver: String?, evidence: [Evidence], hiddenEvidence: Int = 0
  ) {
    self.subject = subject
    self.model = model
    self.severity = severity
    self.waiver = waiver
    self.expiredWaiver = expiredWaiver
    self.evidence = evidence
    self.hiddenEvidence = hiddenEvidence
    fingerprint = Self.fingerprint(check: check, model: model, subject: subject)
  }

  /// SHA-256 of the three names, parted by NUL.
  package static func fingerprint(check: String, model: String?, subject: String) -> String {
    SHA256.hex(of: Array("\(check)\0\(model ?? "")\0\(subject)".utf8))
  }
}

/// An offending row, and where it came from.
package struct Evidence: Sendable {
  /// The row's cells, in the order of its columns.
  package let cells: [Value.RecordField]
  /// Where the row stands in its source; nil when it was computed from several.
  package let origin: RowOrigin?

  package init(cells: [Value.RecordField], origin: RowOrigin?) {
    self.cells = cells
    self.origin = origin
  }
}

/// A row of a table of a source.
package struct RowOrigin: Sendable, Equatable {
  /// The source's address, as it was given.
  package let address: String
  package let table: String
  /// The row, counted from 1 as the table shows it.
  package let row: Int

  package init(address: String, table: String, row: Int) {
    self.address = address
    self.table = table
    self.row = row
  }
}
