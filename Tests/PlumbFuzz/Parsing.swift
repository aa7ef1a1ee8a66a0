import PlumbDiagnostics
import PlumbSyntax

extension FuzzTarget {
  /// Reading a program, as a script and at the prompt, and showing what is wrong with it.
  package static let parser = FuzzTarget(name: "parser") { bytes in
    let file = SourceFile(name: "fuzz.plumb", bytes: Array(bytes))
    for atPrompt in [false, true] {
      var diagnostics = Diagnostics()
      let program = parse(file, continuesLastResult: atPrompt, diagnostics: &diagnostics)
      for diagnostic in diagnostics.all {
        guard let range = diagnostic.range else { continue }
        precondition(range.upper <= bytes.count)
      }
      let shown = DiagnosticRenderer().render(diagnostics)
      precondition(shown.isEmpty == diagnostics.isEmpty)
      // Both walk the whole tree, and neither may be stopped by what the parser made of an error.
      _ = treeText(program)
    }
    _ = completeness(of: String(decoding: bytes, as: UTF8.self))
  }
}
