import PlumbDiagnostics

/// One line of the screen: bytes for the terminal, and the columns that they take.
struct Row: Sendable, Hashable {
  private(set) var text = ""
  private(set) var width = 0
  private let usesColor: Bool
  private var style = Style.plain

  init(usesColor: Bool) { self.usesColor = usesColor }

  /// Appends a piece that takes `width` columns.
  mutating func append(_ piece: some StringProtocol, width: Int, _ newStyle: Style) {
    if usesColor, newStyle != style {
      if style.parameters != nil { text += "\u{1B}[0m" }
      if let parameters = newStyle.parameters { text += "\u{1B}[\(parameters)m" }
      style = newStyle
    }
    text += piece
    self.width += width
  }

  /// Ends the row with the terminal in its plain state.
  mutating func end() {
    if usesColor, style.parameters != nil { text += "\u{1B}[0m" }
    style = .plain
  }

  /// A row of styled text, cut with `…` at `limit` columns; control characters are written out.
  init(_ styled: StyledText, limit: Int, usesColor: Bool) {
    self.init(usesColor: usesColor)
    let pieces = styled.parts.flatMap { part in
      part.text.map { character in
        let shown = shownCharacter(character)
        return (shown, displayWidth(of: shown), part.style)
      }
    }
    let isCut = pieces.reduce(0) { $0 + $1.1 } > limit
    for (shown, width, style) in pieces {
      if isCut, self.width + width > limit - 1 {
        append("…", width: 1, style)
        break
      }
      append(shown, width: width, style)
    }
    end()
  }
}

/// A character of an entry as it is drawn: tabs as spaces, what a terminal would obey written out.
func shownCharacter(_ character: Character) -> String {
  if character == "\t" { return "    " }
  return escapingControlCharacters(String(character))
}
