import PlumbDiagnostics
import PlumbSyntax

/// Finds how the pieces of an entry look.
enum Looks {
  /// The looks of a text; at the cursor (an offset of UTF-8; past the end for none) brackets are
  /// matched, and what is being typed there is not yet called a mistake.
  static func of(
    _ text: String, cursor: Int, mistakes: [Range<Int>] = []
  ) -> [EntryView.Look] {
    if Entry(text).isForShell { return [] }
    let file = SourceFile(name: "<prompt>", text: text)
    var looks = highlight(file).map { EntryView.Look(range: $0.range, style: .code($0.kind)) }
    for place in syntaxMistakes(in: file) + mistakes
    where !(place.lowerBound...place.upperBound).contains(cursor) {
      looks = over(looks, place, .mistake)
    }
    for place in brackets(in: file, cursor: cursor) { looks = over(looks, place, .bracket) }
    return looks
  }

  /// Places that no further text mends.
  private static func syntaxMistakes(in file: SourceFile) -> [Range<Int>] {
    guard completeness(of: file.text(0..<file.bytes.count)) == .hasErrors else { return [] }
    var diagnostics = Diagnostics()
    _ = parse(file, continuesLastResult: true, diagnostics: &diagnostics)
    return diagnostics.displayed.compactMap { diagnostic in
      guard let range = diagnostic.range, range.file === file, !range.isEmpty else { return nil }
      return range.offsets
    }
  }

  /// The bracket before or at the cursor, and its partner.
  private static func brackets(in file: SourceFile, cursor: Int) -> [Range<Int>] {
    var diagnostics = Diagnostics()
    let tokens = lex(file, diagnostics: &diagnostics).tokens
    var open: [Token] = []
    var pairs: [(Token, Token)] = []
    for token in tokens {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open.append(token)
      case .rightParenthesis, .rightBracket, .rightBrace:
        if let opener = open.popLast(), opener.kind.closer == token.kind {
          pairs.append((opener, token))
        }
      default: break
      }
    }
    let near = pairs.filter { pair in
      [pair.0, pair.1].contains { $0.end == cursor || $0.start == cursor }
    }
    // Behind a bracket is nearer than before one.
    guard
      let pair = near.first(where: { [$0.0, $0.1].contains { $0.end == cursor } }) ?? near.first
    else { return [] }
    return [pair.0.start..<pair.0.end, pair.1.start..<pair.1.end]
  }

  /// Looks with a place laid over them.
  private static func over(
    _ looks: [EntryView.Look], _ place: Range<Int>, _ style: Style
  ) -> [EntryView.Look] {
    var result: [EntryView.Look] = []
    for look in looks {
      if look.range.upperBound <= place.lowerBound || look.range.lowerBound >= place.upperBound {
        result.append(look)
        continue
      }
      if look.range.lowerBound < place.lowerBound {
        result.append(
          EntryView.Look(range: look.range.lowerBound..<place.lowerBound, style: look.style))
      }
      if look.range.upperBound > place.upperBound {
        result.append(
          EntryView.Look(range: place.upperBound..<look.range.upperBound, style: look.style))
      }
    }
    result.append(EntryView.Look(range: place, style: style))
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

extension TokenKind {
  /// The token that closes a bracket.
  fileprivate var closer: TokenKind? {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    default: nil
    }
  }
}
