/// One thing to say about a program or its data.
package struct Diagnostic: Sendable {
  /// A replacement of text that mends the program.
  package struct Fix: Sendable, Hashable {
    /// What to replace.
    package var range: SourceRange
    /// What to put there.
    package var replacement: String

    package init(range: SourceRange, replacement: String) {
      self.range = range
      self.replacement = replacement
    }
  }

  /// The kind of mistake.
  package var code: DiagnosticCode
  /// How bad it is.
  package var severity: Severity
  /// What is wrong: lower case, no full stop, program text in backquotes.
  package var message: String
  /// Where; nil when the cause is outside of any program, such as on the command line.
  package var range: SourceRange?
  /// The few words that stand after the underline, such as ``did you mean `val_auc`?``.
  package var label: String?
  /// More facts, a line each.
  package var notes: [String]
  /// What to do, when the label does not say it.
  package var help: String?
  /// The edit that mends the program, when it is mechanical.
  package var fix: Fix?

  package init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?,
    severity: Severity = .error, label: String? = nil, notes: [String] = [],
    help: String? = nil, fix: Fix? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.label = label
    self.notes = notes
    self.help = help
    self.fix = fix
  }
}
