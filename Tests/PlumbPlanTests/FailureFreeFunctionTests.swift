import PlumbFunctions
import Testing

@testable import PlumbPlan

/// The functions that are said never to fail do not.
@Suite struct FailureFreeFunctionTests {
  private let catalog = FunctionCatalog.builtin

  /// Their examples of errors are of programs that are refused before they run.
  @Test func theirExamplesDoNotFailWhileRunning() {
    for name in FailureFreeFunctions.scalars {
      for example in catalog.scalars[name]?.examples ?? []
      where example.result.hasPrefix("error: ") {
        #expect(
          example.result.contains(" of `\(name)` must be ")
            || example.result.contains("`\(name)` needs ")
            || example.result.contains("`\(name)` takes "), "\(name): \(example.result)")
      }
    }
  }
}
