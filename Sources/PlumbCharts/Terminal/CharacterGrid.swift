import PlumbDiagnostics

/// Characters with colors in rows and columns, to be drawn into.
struct CharacterGrid {
  let width: Int
  let height: Int
  private var cells: [Cell]

  /// How a character looks.
  enum Look: Equatable {
    case plain, faint, bold
    /// A color of the 256 that terminals have.
    case color(UInt8)
  }

  private struct Cell {
    /// Nil beside a wide character, which takes this cell too.
    var character: Character? = " "
    var look = Look.plain
  }

  init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: Cell(), count: self.width * self.height)
  }

  /// Whether nothing stands there.
  func isBlank(_ x: Int, _ y: Int) -> Bool {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return false }
    return cells[y * width + x].character == " "
  }

  /// Puts a character; outside of the grid nothing happens.
  mutating func put(_ character: Character, _ x: Int, _ y: Int, _ look: Look = .plain) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    cells[y * width + x] = Cell(character: character, look: look)
  }

  /// Puts a text from left to right, cut at the grid's edge.
  mutating func put(_ text: String, _ x: Int, _ y: Int, _ look: Look = .plain) {
    var x = x
    for character in text {
      let columns = displayWidth(of: character)
      if columns == 0 { continue }
      guard x + columns <= width else { return }
      put(character, x, y, look)
      if columns == 2, (0..<width).contains(x + 1), (0..<height).contains(y) {
        cells[y * width + x + 1] = Cell(character: nil, look: look)
      }
      x += columns
    }
  }

  /// The rows as text, without spaces at their ends.
  func lines(usesColor: Bool) -> [String] {
    (0..<height).map { y in
      let row = cells[y * width..<(y + 1) * width]
      let end = row.lastIndex { $0.character != " " }.map { $0 + 1 } ?? row.startIndex
      var line = ""
      var look = Look.plain
      for cell in row[row.startIndex..<end] {
        guard let character = cell.character else { continue }
        if usesColor, cell.look != look {
          if look != .plain { line += "\u{1B}[0m" }
          look = cell.look
          line += Self.escape(look)
        }
        line.append(character)
      }
      if usesColor, look != .plain { line += "\u{1B}[0m" }
      return line
    }
  }

  private static func escape(_ look: Look) -> String {
    switch look {
    case .plain: ""
    case .faint: "\u{1B}[2m"
    case .bold: "\u{1B}[1m"
    case .color(let code): "\u{1B}[38;5;\(code)m"
    }
  }
}
