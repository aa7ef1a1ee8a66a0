import PlumbColumns

/// A decision to accept a finding for a time.
package struct Waiver: Sendable {
  package let id: String
  /// The checks that it is about.
  package let check: String
  /// The subjects that it is about.
  package let subject: String
  package let reason: String
  package let requestedBy: String
  package let approvedBy: String
  /// The last day on which it covers anything, as the first microsecond of that day in UTC.
  package let expiresMicroseconds: Int

  package init(
    id: String, check: String, subject: String, reason: String, requestedBy: String,
    approvedBy: String, expiresMicroseconds: Int
  ) {
    self.id = id
    self.check = check
    self.subject = subject
    self.reason = reason
    self.requestedBy = requestedBy
    self.approvedBy = approvedBy
    self.expiresMicroseconds = expiresMicroseconds
    checkPattern = GlobPattern(check)
    subjectPattern = GlobPattern(subject)
  }

  private let checkPattern: GlobPattern
  private let subjectPattern: GlobPattern

  /// Whether it is about a subject of a check, expired or not.
  package func concerns(check: String, subject: String) -> Bool {
    checkPattern.matches(check) && subjectPattern.matches(subject)
  }

  /// Whether its last day is over. The day itself still counts, to its end in UTC.
  package func isExpired(atMicroseconds now: Int) -> Bool {
    expiresMicroseconds <= now - CivilTime.microsecondsPerDay
  }
}

/// A waiver and what it did in a run.
package struct WaiverUse: Sendable {
  package let waiver: Waiver
  package let isExpired: Bool
  /// The findings that it covers, or would cover had it not expired.
  package var findings: Int

  package init(waiver: Waiver, isExpired: Bool, findings: Int = 0) {
    self.waiver = waiver
    self.isExpired = isExpired
    self.findings = findings
  }
}
