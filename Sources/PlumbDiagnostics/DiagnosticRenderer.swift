/// Writes diagnostics for people, in the one form that the shell, scripts and notebooks share.
///
/// Passwords in addresses, and their like, do not show, also where the source has them.
///
///     error[E0203]: unknown column `val_acu`
///       audit.plumb:4:9
///     4 | | where val_acu > 0.9
///       |         ^^^^^^^ did you mean `val_auc`?
package struct DiagnosticRenderer: Sendable {
  /// Whether to colour with ANSI sequences.
  package var usesColor: Bool
  /// The columns of the window, at which notes are broken between words; nil for no limit.
  package var columns: Int?

  package init(usesColor: Bool = false, columns: Int? = nil) {
    self.usesColor = usesColor
    self.columns = columns
  }

  /// Everything that is to be shown of a collection, and how much more there is; ends in a newline
  /// unless it is empty.
  package func render(_ diagnostics: Diagnostics) -> String {
    var parts = diagnostics.displayed.map(render)
    let hidden = diagnostics.hiddenErrorCount
    if hidden > 0 { parts.append("… and \(counted(hidden, "more error"))\n") }
    return parts.joined(separator: "\n")
  }

  /// One diagnostic; ends in a newline.
  package func render(_ diagnostic: Diagnostic) -> String {
    let style = diagnostic.severity.style
    var lines = [
      paint("\(diagnostic.severity.word)[\(diagnostic.code.id)]", style)
        + paint(": " + safe(diagnostic.message), .strong)
    ]
    if let range = diagnostic.range {
      lines += excerpt(of: range, label: diagnostic.label, style)
    } else if let label = diagnostic.label {
      lines.append("  " + safe(label))
    }
    for note in diagnostic.notes { lines += remark("note", note) }
    if let help = diagnostic.help { lines += remark("help", help) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func excerpt(of range: SourceRange, label: String?, _ style: Style) -> [String] {
    let (line, column) = range.file.position(at: range.lower)
    let excerpt = SourceExcerpt(range)
    let number = String(line)
    let margin = String(repeating: " ", count: number.utf8.count)
    var underline = String(repeating: " ", count: excerpt.underlineStart)
    underline += paint(String(repeating: "^", count: excerpt.underlineWidth), style)
    if let label { underline += " " + paint(safe(label), style) }
    return [
      "  \(safe(range.file.name)):\(line):\(column)",
      paint(number + " |", .margin) + (excerpt.text.isEmpty ? "" : " " + excerpt.text),
      paint(margin + " |", .margin) + " " + underline,
    ]
  }

  private func remark(_ word: String, _ text: String) -> [String] {
    let indent = word.utf8.count + 2
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      wrapped(safe($0), columns: columns.map { $0 - indent - 2 })
    }
    return lines.enumerated().map { index, line in
      let lead = index == 0 ? paint(word, .strong) + ": " : String(repeating: " ", count: indent)
      return "  " + lead + line
    }
  }

  /// A line broken between words where it is too long.
  private func wrapped(_ text: String, columns: Int?) -> [String] {
    guard let columns, displayWidth(of: text) > columns, columns >= Self.leastColumns else {
      return [text]
    }
    var lines: [String] = []
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let width = displayWidth(of: word)
      if lines.isEmpty || used + 1 + width > columns {
        lines.append(String(word))
        used = width
      } else {
        lines[lines.count - 1] += " " + word
        used += 1 + width
      }
    }
    return lines
  }

  /// In a narrower window, breaking lines helps nobody.
  private static let leastColumns = 20

  /// Text as it may stand on a terminal, without secrets, of a length to be read.
  private func safe(_ text: some StringProtocol) -> String {
    escapingControlCharacters(clippedText(redactingSecrets(String(text))))
  }

  private func paint(_ text: String, _ style: Style) -> String {
    usesColor ? style.rawValue + text + "\u{1B}[0m" : text
  }
}

/// An ANSI sequence that begins a style.
private enum Style: String {
  case error = "\u{1B}[1;31m"
  case warning = "\u{1B}[1;33m"
  case note = "\u{1B}[1;36m"
  case strong = "\u{1B}[1m"
  case margin = "\u{1B}[34m"
}

extension Severity {
  fileprivate var style: Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
