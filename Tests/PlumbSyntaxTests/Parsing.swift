import PlumbDiagnostics
import PlumbSyntax
import Testing

/// A program parsed for a test, with what was said about it.
struct Parsed {
  let program: Program
  let diagnostics: Diagnostics

  init(_ text: String, continuesLastResult: Bool = false) {
    self.init(bytes: Array(text.utf8), continuesLastResult: continuesLastResult)
  }

  init(bytes: [UInt8], continuesLastResult: Bool = false) {
    var diagnostics = Diagnostics()
    program = parse(
      SourceFile(name: "test.plumb", bytes: bytes), continuesLastResult: continuesLastResult,
      diagnostics: &diagnostics)
    self.diagnostics = diagnostics
  }

  var tree: String { treeText(program) }
  var rendered: String { DiagnosticRenderer().render(diagnostics) }
  var codes: [String] { diagnostics.displayed.map(\.code.id) }
}

/// The tree of a program that has no error.
func tree(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let parsed = Parsed(text)
  #expect(parsed.rendered == "", sourceLocation: sourceLocation)
  return parsed.tree
}

/// The tree of the first stage after `t |`.
func stage(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let whole = tree("t | " + text, sourceLocation: sourceLocation)
  let prefix = "(pipe t "
  guard whole.hasPrefix(prefix), whole.hasSuffix(")") else { return whole }
  return String(whole.dropFirst(prefix.count).dropLast())
}

/// The codes of the errors of a program, in the order of the text.
func codes(_ text: String) -> [String] { Parsed(text).codes }
