import Glibc
import PlumbDiagnostics
import PlumbEngine
import PlumbSyntax

extension Shell {
  /// What the word before an offset of UTF-8 may become: of a command of the shell, or of a
  /// program.
  func complete(_ text: String, _ offset: Int) -> Completions {
    let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    if let command = commandCompletions(before) { return command }
    return session.completions(in: text, at: offset)
  }

  private func commandCompletions(_ text: String) -> Completions? {
    guard Entry(text).isForShell, let first = text.first(where: { !$0.isWhitespace }) else {
      return nil
    }
    let word = text.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    let end = text.utf8.count
    let start = end - word.utf8.count
    if first != "." {
      let name = first == "?" && word.hasPrefix("?") ? word.dropFirst() : word
      guard first == "?" || text.contains(" ") else { return nil }
      let range = end - name.utf8.count..<end
      return Completions(range: range, candidates: session.helpSubjects.matching(String(name)))
    }
    let words = text.trimmingPrefix { $0.isWhitespace }.split(
      separator: " ", omittingEmptySubsequences: false)
    if words.count == 1 {
      let candidates = ShellCommand.all.map { command in
        CompletionCandidate(
          "." + command.name, .command, type: command.arguments, summary: command.summary)
      }
      return Completions(range: start..<end, candidates: candidates.matching(String(word)))
    }
    guard let command = ShellCommand.named(String(words[0].dropFirst())) else {
      return Completions(range: end..<end, candidates: [])
    }
    let candidates = command.choices(self, words.dropFirst().map(String.init))
    let isPath = candidates.contains { $0.kind == .file }
    let found = isPath ? FileCompletion.candidates(String(word)) : candidates.matching(String(word))
    return Completions(range: start..<end, candidates: found)
  }

  /// Says that an argument of a command is a file.
  func files() -> [CompletionCandidate] { [CompletionCandidate("", .file)] }

  /// Help on the word at an offset of UTF-8.
  func help(at offset: Int, in text: String) -> String? {
    let file = SourceFile(name: "<prompt>", text: text)
    var diagnostics = Diagnostics()
    let tokens = lex(file, diagnostics: &diagnostics).tokens
    let near = tokens.last { $0.start <= offset && $0.kind != .endOfFile && $0.end > $0.start }
    guard let token = near else { return helpText(on: nil) }
    return helpText(on: file.text(token.start..<token.end))
  }
}
