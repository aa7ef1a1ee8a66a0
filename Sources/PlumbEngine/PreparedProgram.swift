import PlumbDiagnostics
package import PlumbSyntax

/// A program that has passed its checks.
package struct PreparedProgram: Sendable {
  package let program: Program
  /// The text that it was read from.
  let file: SourceFile
  /// The parameters as they were given, text by name.
  package let parameters: [String: String]
  /// `now()` of the check, which the run keeps.
  let nowMicroseconds: Int
}

/// A `param` of a program, for help.
package struct ParameterInfo: Sendable {
  package let name: String
  package let type: String
  /// The default as it is written; absent when a value must be given.
  package let defaultText: String?
  package let documentation: String?
}
