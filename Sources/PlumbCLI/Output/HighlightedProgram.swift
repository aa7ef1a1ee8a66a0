import PlumbDiagnostics
import PlumbSyntax

/// A program's text with its colors.
struct HighlightedProgram {
  private let file: SourceFile
  private let spans: [HighlightSpan]

  init(_ file: SourceFile) {
    self.file = file
    spans = highlight(file)
  }

  /// With the 16 colors that every theme of a terminal defines.
  var ansi: String {
    pieces { text, kind in
      // What is in the file must not steer the terminal.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
        escapingControlCharacters($0.replacing("\t", with: "    "))
      }
      guard let kind, let code = Self.code(kind) else { return lines.joined(separator: "\n") }
      return lines.map { $0.isEmpty ? "" : "\u{1B}[\(code)m\($0)\u{1B}[0m" }
        .joined(separator: "\n")
    }
  }

  /// An element with its style.
  var html: String {
    let body = pieces { text, kind in
      let escaped = Self.escaped(text)
      guard let kind else { return escaped }
      return "<span class=\"\(Self.name(kind))\">\(escaped)</span>"
    }
    return Self.style + "<pre class=\"plumb\"><code>" + body + "</code></pre>\n"
  }

  private func pieces(_ piece: (String, HighlightKind?) -> String) -> String {
    var result = ""
    var position = 0
    for span in spans where span.range.lowerBound >= position {
      result += piece(file.text(position..<span.range.lowerBound), nil)
      result += piece(file.text(span.range), span.kind)
      position = span.range.upperBound
    }
    return result + piece(file.text(position..<file.bytes.count), nil)
  }

  private static func code(_ kind: HighlightKind) -> String? {
    switch kind {
    case .keyword: "1;35"
    case .stage: "1;34"
    case .function, .variable: "36"
    case .string: "32"
    case .number, .constant: "33"
    case .symbol: nil
    case .comment: "90"
    case .invalid: "4;31"
    }
  }

  private static func name(_ kind: HighlightKind) -> String {
    switch kind {
    case .keyword: "keyword"
    case .stage: "stage"
    case .function: "function"
    case .variable: "variable"
    case .string: "string"
    case .number: "number"
    case .constant: "constant"
    case .symbol: "symbol"
    case .comment: "comment"
    case .invalid: "invalid"
    }
  }

  private static let style = """
    <style>
    .plumb .keyword{color:#8250df;font-weight:600}.plumb .stage{color:#0550ae;font-weight:600}
    .plumb .function,.plumb .variable{color:#1b6e7a}.plumb .string{color:#116329}
    .plumb .number,.plumb .constant{color:#953800}.plumb .comment{color:#6e7781}
    .plumb .invalid{color:#cf222e;text-decoration:underline}
    @media(prefers-color-scheme:dark){
    .plumb .keyword{color:#d2a8ff}.plumb .stage{color:#79c0ff}
    .plumb .function,.plumb .variable{color:#76d9e6}.plumb .string{color:#7ee787}
    .plumb .number,.plumb .constant{color:#ffa657}.plumb .comment{color:#8b949e}}
    </style>

    """

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
