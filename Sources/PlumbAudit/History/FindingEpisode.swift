import PlumbColumns

/// The time in which a finding was open, over the runs of a history.
package struct FindingEpisode: Sendable {
  package let check: String
  package let subject: String
  package let model: String?
  package let severity: CheckSeverity
  package let fingerprint: String
  /// `asOf` of the first run that had it.
  package let opened: String
  /// `asOf` of the first run after it that decided its check and did not have it, or in which a waiver
  /// covered it; nil while it is open.
  package var closed: String?
}

/// Follows findings from run to run. A finding that comes back begins a new episode.
struct EpisodeTracker {
  private(set) var episodes: [FindingEpisode] = []
  /// The positions of those that are open, by fingerprint.
  private var open: [String: Int] = [:]

  /// Takes the checks of the next run, as its record holds them.
  mutating func take(_ checks: [Value], asOf: String) {
    var decided: Set<String> = []
    var found: Set<String> = []
    for check in checks {
      guard let id = check.member("id").text, let outcome = check.member("outcome").text else {
        continue
      }
      if ["pass", "fail", "waived"].contains(outcome) { decided.insert(id) }
      for finding in check.member("findings").elements
      where finding.member("state") == .string("open") {
        guard let episode = Self.episode(finding, check: id, asOf: asOf) else { continue }
        found.insert(episode.fingerprint)
        guard open[episode.fingerprint] == nil else { continue }
        open[episode.fingerprint] = episodes.count
        episodes.append(episode)
      }
    }
    for (fingerprint, position) in open
    where !found.contains(fingerprint) && decided.contains(episodes[position].check) {
      episodes[position].closed = asOf
      open[fingerprint] = nil
    }
  }

  private static func episode(_ finding: Value, check: String, asOf: String) -> FindingEpisode? {
    guard let fingerprint = finding.member("fingerprint").text,
      let subject = finding.member("subject").text,
      let severity = finding.member("severity").text.flatMap(CheckSeverity.init)
    else { return nil }
    return FindingEpisode(
      check: check, subject: subject, model: finding.member("model").text, severity: severity,
      fingerprint: fingerprint, opened: asOf)
  }
}
