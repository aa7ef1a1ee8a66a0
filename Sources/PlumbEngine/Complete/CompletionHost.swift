import PlumbColumns
import PlumbDiagnostics
import PlumbFormats
import PlumbPlan

/// The session as completion sees it: nothing is opened or read while a person types.
final class CompletionHost: CheckHost, @unchecked Sendable {
  override func openSource(
    _ address: String, options: [String: Value], range: SourceRange,
    diagnostics: inout Diagnostics
  ) throws(ResolveStop) -> any DataSource {
    guard let source = registry.opened(address, options: options) else { throw .undetermined }
    return source
  }
}
