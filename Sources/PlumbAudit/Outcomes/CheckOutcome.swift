/// How a check ended.
package enum CheckOutcome: String, Sendable, CaseIterable {
  /// Nothing offends, and everything that the check needs was there.
  case pass
  /// At least one subject offends and is covered by no waiver.
  case fail
  /// Every subject that offends is covered by a waiver that has not expired.
  case waived
  /// It could not be decided: a table, a column or the subjects are missing.
  case unknown
  /// It broke while it ran.
  case error
}
