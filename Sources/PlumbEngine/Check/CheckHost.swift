import Glibc
import PlumbColumns
import PlumbDiagnostics
import PlumbFormats
import PlumbPlan
import PlumbSyntax
import Synchronization

/// The session as the check of a program sees it.
class CheckHost: ProgramHost, @unchecked Sendable {
  private let state = Mutex(State())

  private struct State {
    var savedPaths: Set<String> = []
    var hasUnknownSources = false
  }

  /// Whether a source whose tables are not known will be attached.
  var hasUnknownSources: Bool {
    get { state.withLock { $0.hasUnknownSources } }
    set { state.withLock { $0.hasUnknownSources = newValue } }
  }

  /// Notes that the program writes a store of all tables to a path.
  func noteSavedStore(_ path: String) {
    _ = state.withLock { $0.savedPaths.insert(path) }
  }

  override func noteSaved(
    path: String, range: SourceRange, diagnostics: inout Diagnostics
  ) throws(ResolveStop) {
    _ = state.withLock { $0.savedPaths.insert(path) }
    try super.noteSaved(path: path, range: range, diagnostics: &diagnostics)
  }

  /// Whether an address means a file: by its name, by its folder or as a pattern.
  private static func address(_ address: String, holds path: String) -> Bool {
    let folder = address.hasSuffix("/") ? address : address + "/"
    return path == address || path.hasPrefix(folder) || fnmatch(address, path, FNM_PATHNAME) == 0
  }

  /// A file that the program itself writes is read when the run reaches it, and so is a server if
  /// the session wants it.
  override func openSource(
    _ address: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> any DataSource {
    if state.withLock({ $0.savedPaths.contains { Self.address(address, holds: $0) } }) {
      throw .undetermined
    }
    if !checkOpensServers, SourceAddress.scheme(of: address) != nil { throw .undetermined }
    return try super.openSource(address, options: options, range: range, diagnostics: &diagnostics)
  }
}
