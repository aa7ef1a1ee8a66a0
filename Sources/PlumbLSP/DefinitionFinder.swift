import PlumbDiagnostics
import PlumbSyntax

/// Finds where a name of a program is defined.
///
/// Works on tokens, so that it also works while the rest of the program has mistakes: the nearest
/// definition before the name counts, else the first one in the file.
struct DefinitionFinder {
  private let file: SourceFile
  private let tokens: [Token]

  init(_ file: SourceFile) {
    self.file = file
    var diagnostics = Diagnostics()
    tokens = lex(file, diagnostics: &diagnostics).tokens
  }

  /// The bytes of the name where it is defined; nil when it is not defined here.
  func definition(of offset: Int) -> Range<Int>? {
    guard
      let token = tokens.last(where: {
        $0.start <= offset && offset <= $0.end && name($0) != nil
      }), let wanted = name(token)
    else { return nil }
    let found = definitions.filter { $0.name == wanted }.map(\.range)
    return found.last { $0.lowerBound <= token.start } ?? found.first
  }

  private func name(_ token: Token) -> String? {
    switch token.kind {
    case .name, .quotedName, .variable:
      file.text(token.start..<token.end).filter { $0 != "`" && $0 != "$" }
    default: nil
    }
  }

  private static let introducing: Set<String> = ["let", "var", "def", "param", "for", "load"]

  private var definitions: [(name: String, range: Range<Int>)] {
    var found: [(String, Range<Int>)] = []
    var isInHeader = false
    for (index, token) in tokens.enumerated() where index > 0 {
      let before = tokens[index - 1]
      let word = name(before)
      if let name = name(token) {
        let isIntroduced = word.map { Self.introducing.contains($0) || $0 == "as" } ?? false
        // The parameters of a function: names after `(` or `,` in its header.
        let isParameter =
          isInHeader && (before.kind == .leftParenthesis || before.kind == .comma)
        if isIntroduced || isParameter { found.append((name, token.start..<token.end)) }
        if word == "def" || word == "fn" { isInHeader = true }
      }
      if token.kind == .fn { isInHeader = true }
      if token.kind == .rightParenthesis { isInHeader = false }
    }
    return found
  }
}
