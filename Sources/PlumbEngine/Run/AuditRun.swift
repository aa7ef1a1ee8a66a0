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
    /// The parameters that the script has declared.
    var parameters: [ParameterRecord] = []
    /// The script that runs, and what decides its exit code; nil before it begins.
    var script: (record: ScriptRecord, gate: AuditGate)?
    /// The modules that it has imported, sorted by name.
    var modules: [ScriptRecord] = []
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

  func note(_ parameter: ParameterRecord) {
    state.withLock { $0.parameters.append(parameter) }
  }

  func note(script: ScriptRecord, gate: AuditGate) {
    state.withLock { $0.script = (script, gate) }
  }

  func note(modules: [ScriptRecord]) { state.withLock { $0.modules = modules } }

  // MARK: Waivers

  /// The waivers with what they did so far; nil before the first check.
  var waivers: [WaiverUse]? { state.withLock { $0.waivers } }

  func setWaivers(_ waivers: [WaiverUse]) { state.withLock { $0.waivers = waivers } }

  // MARK: The report

  /// What was gathered until now; nil before a script begins.
  func report(asOfMicroseconds: Int) -> AuditReport? {
    let state = state.withLock { $0 }
    guard let script = state.script else { return nil }
    var report = AuditReport(script: script.record, asOfMicroseconds: asOfMicroseconds)
    report.gate = script.gate
    report.modules = state.modules
    report.results = state.results
    report.skippedChecks = state.skippedChecks
    report.sections = state.sections
    report.waivers = state.waivers ?? []
    report.parameters = state.parameters
    return report
  }
}
