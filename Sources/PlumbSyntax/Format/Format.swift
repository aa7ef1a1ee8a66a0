package import PlumbDiagnostics

/// Lays a program out in the standard way.
///
/// The tokens and comments stay as they are; white space is normalised. A pipeline or block that was
/// on one line and fits in ``formattedWidth`` columns stays there; another has a stage or statement
/// per line. Line breaks within brackets stay where they were. Formatting twice changes nothing
/// more. A program with errors is not formatted.
package func format(_ file: SourceFile) -> Result<String, Diagnostics> {
  var diagnostics = Diagnostics()
  let program = parse(file, diagnostics: &diagnostics)
  if diagnostics.hasErrors { return .failure(diagnostics) }
  var ignored = Diagnostics()
  let stream = lex(file, diagnostics: &ignored)
  var layout = Layout(file: file, stream: stream, facts: FormatFacts(program))
  layout.run()
  return .success(layout.output.text)
}

/// The greatest width of a line that the formatter makes of what was on one line.
package let formattedWidth = 100
