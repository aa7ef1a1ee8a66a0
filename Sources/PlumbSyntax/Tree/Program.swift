package import PlumbDiagnostics

/// A whole program: the result of parsing one file, cell or prompt input.
package struct Program: Sendable {
  /// The text it was parsed from.
  package var file: SourceFile
  /// Its statements in order.
  package var statements: [Statement]
}

/// Statements between braces.
package struct Block: Sendable {
  /// The statements in order.
  package var statements: [Statement]
  /// From the opening to the closing brace.
  package var range: SourceRange
}
