/// How plans are run; every choice gives the same result.
package struct ExecutionOptions: Sendable {
  /// The rows that an operator gets at a time.
  package var batchRows: Int
  /// The rows of a task that a thread takes: tests set it low to see many threads at work.
  package var morselRows: Int

  package init(batchRows: Int = 65_536, morselRows: Int = 65_536) {
    self.batchRows = batchRows
    self.morselRows = morselRows
  }
}
