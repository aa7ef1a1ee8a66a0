/// How findings moved between two runs with the same rules and parameters.
package struct FindingMovement: Sendable {
  /// Why there is nothing to compare; nil when there is.
  package var obstacle: String?
  /// The fingerprints of findings that the run before did not have, and none before it.
  package var new: Set<String> = []
  /// Those of findings that are gone.
  package var fixed: Set<String> = []
  /// Those that the run before had too.
  package var persistent: Set<String> = []
  /// Those that an earlier run had and the run before had not.
  package var reopened: Set<String> = []
  /// `asOf` of the first run that had a finding, by fingerprint.
  package var firstSeen: [String: String] = [:]
  /// The outcomes of earlier comparable runs and of this one, oldest first.
  package var trend: [TrendPoint] = []

  package init() {}

  /// One run in a trend.
  package struct TrendPoint: Sendable {
    package let asOf: String
    package let counts: [CheckOutcome: Int]
    package let findings: Int

    package init(asOf: String, counts: [CheckOutcome: Int], findings: Int) {
      self.asOf = asOf
      self.counts = counts
      self.findings = findings
    }
  }

  /// The word for a finding.
  package func word(for fingerprint: String) -> String? {
    if new.contains(fingerprint) { return "new" }
    if reopened.contains(fingerprint) { return "reopened" }
    if persistent.contains(fingerprint) { return "persistent" }
    return nil
  }
}
