import PlumbDiagnostics
import PlumbSyntax

extension Session {
  /// Help on the word at an offset of UTF-8: what a shell, a notebook or an editor shows beside
  /// it. Nil where there is no word, or none that anything is known of.
  package func inspection(at offset: Int, in text: String, width: Int = 80) -> String? {
    guard let word = word(at: offset, in: text) else { return nil }
    if !help.pages(for: word.text).isEmpty { return helpText(on: word.text, width: width) }
    // A column is known from the pipeline around it, as completion knows it.
    let found = completions(in: text, at: word.end).candidates.first {
      $0.kind == .column && $0.text.filter { $0 != "`" } == word.text
    }
    guard let found else { return nil }
    let summary = found.summary.isEmpty ? "" : "\n\n\(found.summary)"
    return "\(word.text): \(found.type)\(summary)"
  }

  /// The name or word that an offset of UTF-8 is in, or right behind.
  package func word(at offset: Int, in text: String) -> (text: String, end: Int)? {
    let file = SourceFile(name: "<prompt>", text: text)
    var diagnostics = Diagnostics()
    let tokens = lex(file, diagnostics: &diagnostics).tokens
    let near = tokens.last { $0.start <= offset && $0.kind != .endOfFile && $0.end > $0.start }
    guard let near else { return nil }
    // Behind an opening bracket, the word before it is meant.
    var token = near
    if near.kind == .leftParenthesis, let before = tokens.last(where: { $0.end <= near.start }) {
      token = before
    }
    return (file.text(token.start..<token.end).filter { $0 != "`" && $0 != "$" }, token.end)
  }
}
