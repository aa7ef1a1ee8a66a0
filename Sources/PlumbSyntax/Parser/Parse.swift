package import PlumbDiagnostics

/// Parses a program, in time linear in its length.
///
/// Errors go to `diagnostics`; what they are about becomes a `malformed` node. With
/// `continuesLastResult`, as at the prompt, an input may begin with `|`: its head is the name `_`.
package func parse(
  _ file: SourceFile, continuesLastResult: Bool = false, diagnostics: inout Diagnostics
) -> Program {
  let stream = lex(file, diagnostics: &diagnostics)
  var parser = Parser(file: file, stream: stream, diagnostics: Diagnostics())
  parser.continuesLastResult = continuesLastResult
  let statements = parser.parseProgram()
  diagnostics.append(consequences: parser.diagnostics)
  return Program(file: file, statements: statements)
}

/// What a shell should do with the text typed so far.
package enum Completeness: Sendable, Hashable {
  /// It can run.
  case complete
  /// It is the beginning of something longer: a bracket is open, an operator waits for its operand.
  case needsMore
  /// It has an error that no further line mends.
  case hasErrors
}

/// Whether an input at the prompt is a whole program.
package func completeness(of text: String) -> Completeness {
  let file = SourceFile(name: "<prompt>", text: text)
  var lexical = Diagnostics()
  let stream = lex(file, diagnostics: &lexical)
  if lexical.hasErrors {
    // Only a string in three quotes can go on in the next line.
    let isOpenText = lexical.all.allSatisfy { diagnostic in
      guard diagnostic.code == .unterminatedString, let range = diagnostic.range else {
        return false
      }
      let opening = range.text
      return opening.hasSuffix("\"\"\"") || opening.hasSuffix("'''")
    }
    return isOpenText ? .needsMore : .hasErrors
  }
  var parser = Parser(file: file, stream: stream, diagnostics: Diagnostics())
  parser.continuesLastResult = true
  _ = parser.parseProgram()
  if !parser.diagnostics.hasErrors { return .complete }
  return parser.needsMore && parser.diagnostics.errorCount == 1 ? .needsMore : .hasErrors
}

extension Diagnostics {
  /// Adds what the parser says, but not of tokens that the lexer has found wrong already.
  fileprivate mutating func append(consequences: Diagnostics) {
    let places = Set(all.compactMap { $0.range?.lower })
    var kept = Diagnostics()
    for diagnostic in consequences.all {
      if let place = diagnostic.range?.lower, places.contains(place) { continue }
      kept.report(diagnostic)
    }
    append(contentsOf: kept)
  }
}
