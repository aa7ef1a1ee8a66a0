import PlumbFunctions

/// The regular expression of `/…/`, matched against names of columns.
struct CompiledNamePattern {
  private let expression: RegularExpression

  struct Failure: Error {
    let message: String
  }

  init(_ pattern: String) throws(Failure) {
    do { expression = try RegularExpression.compile(pattern) } catch {
      throw Failure(message: error.message)
    }
  }

  func matches(_ name: String) throws(Failure) -> Bool {
    do { return try expression.matches(name) } catch { throw Failure(message: error.message) }
  }
}
