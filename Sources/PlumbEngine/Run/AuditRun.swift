import PlumbAudit
import PlumbColumns
import Synchronization

/// What a run gathers for the report of its checks.
///
/// Functions that rows call may run on several threads, so that everything is behind a lock.
final class AuditRun: Sendable {
  private let state = Mutex(State())

  private struct State {
    var results: [CheckResult] = []
    var ids: Set<String> = []
    var skippedChecks = 0
    var sections: [ReportSection] = []
    /// The waivers and what they did; nil before the first check.
    var waivers: [WaiverUse]?
    /// The keys that the check at hand has read as null; nil outside of checks.
    var missingKeys: [String]?
    /// The parameters that the script has declared, with their values as text.
    var parameters: [(name: String, value: String)] = []
  }

  // MARK: The check at hand

  /// Whether a check is being evaluated.
  var isInCheck: Bool { state.withLock { $0.missingKeys != nil } }

  /// Begins a check; false when there was one of its id.
  func begin(id: String) -> Bool {
    state.withLock { state in
      state.missingKeys = []
      return state.ids.insert(id).inserted
    }
  }

  /// Ends the check and gives the keys that it has read as null, each once.
  func end() -> [String] {
    state.withLock { state in
      defer { state.missingKeys = nil }
      return state.missingKeys ?? []
    }
  }

  func noteMissingKey(_ name: String) {
    state.withLock { state in
      guard let known = state.missingKeys, !known.contains(name) else { return }
      state.missingKeys?.append(name)
    }
  }

  // MARK: What has been found

  var hasBegun: Bool {
    state.withLock { !$0.results.isEmpty || $0.skippedChecks > 0 }
  }

  var results: [CheckResult] { state.withLock { $0.results } }

  /// How many checks have ended: it only grows.
  var resultCount: Int { state.withLock { $0.results.count } }

  func add(_ result: CheckResult) {
    state.withLock { state in
      state.results.append(result)
      for finding in result.findings {
        guard let id = finding.waiver ?? finding.expiredWaiver,
          let index = state.waivers?.firstIndex(where: { $0.waiver.id == id })
        else { continue }
        state.waivers?[index].findings += 1
      }
    }
  }

  func skipCheck() { state.withLock { $0.skippedChecks += 1 } }

  func add(_ section: ReportSection) { state.withLock { $0.sections.append(section) } }

  func noteParameter(_ name: String, value: String) {
    state.withLock { $0.parameters.append((name, value)) }
  }

  // MARK: Waivers

  /// The waivers with what they did so far; nil before the first check.
  var waivers: [WaiverUse]? { state.withLock { $0.waivers } }

  func setWaivers(_ waivers: [WaiverUse]) { state.withLock { $0.waivers = waivers } }

  // MARK: The report

  /// Fills a report with what was gathered.
  func fill(_ report: inout AuditReport) {
    let state = state.withLock { $0 }
    report.results = state.results
    report.skippedChecks = state.skippedChecks
    report.sections = state.sections
    report.waivers = state.waivers ?? []
    report.parameters = state.parameters
  }
}
