import PlumbDiagnostics

/// Something that is wrong with a program or its data.
public struct Message: Sendable {
  /// The stable identifier of the kind of mistake, such as `E0203`.
  public let code: String
  /// What is wrong, in one sentence.
  public let text: String
  /// The line of the program, counted from 1, if the message belongs to one.
  public let line: Int?
  /// The column in Unicode scalars, counted from 1.
  public let column: Int?
  /// What to do about it.
  public let help: String?
  /// Whether the program cannot run because of it.
  public let isError: Bool
  /// The message with the line it is about, as the command shows it.
  public let rendered: String

  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code.id
    text = diagnostic.message
    let position = diagnostic.range.map { $0.file.position(at: $0.lower) }
    line = position?.line
    column = position?.column
    help = diagnostic.help ?? diagnostic.label
    isError = diagnostic.severity == .error
    rendered = DiagnosticRenderer(usesColor: false).render(diagnostic)
  }
}
