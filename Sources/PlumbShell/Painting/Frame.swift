import PlumbDiagnostics

/// The rows of the screen that an entry takes, and where the cursor stands in them.
struct Frame: Sendable, Hashable {
  private(set) var rows: [Row] = []
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0
  /// The first row of the entry that is shown, when it is taller than the screen.
  private(set) var top = 0

  /// Lays an entry out: wraps it at the width, and shows the part around the cursor when it is
  /// taller than the screen. `top` is the first row that was shown before.
  init(_ view: EntryView, top: Int = 0) {
    var layout = Layout(view)
    layout.run()
    rows = layout.rows
    cursorRow = layout.cursorRow
    cursorColumn = layout.cursorColumn
    let below = view.below.map {
      Row($0, limit: max(1, view.columns - 1), usesColor: view.usesColor)
    }
    // At least the row of the cursor and its neighbour stay visible above a menu.
    let belowCount = min(below.count, max(0, view.rows - 2))
    let height = max(1, view.rows - belowCount)
    if rows.count > height {
      var first = min(max(0, top), rows.count - height)
      first = min(max(first, cursorRow - height + 1), cursorRow)
      rows = Array(rows[first..<first + height])
      cursorRow -= first
      self.top = first
    }
    rows += below.prefix(belowCount)
  }
}

/// Wraps the text of an entry into rows.
private struct Layout {
  private let view: EntryView
  private(set) var rows: [Row] = []
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0
  private var row: Row
  private var scalarOffset = 0
  private var byteOffset = 0
  private var lookIndex = 0
  private var hasCursor = false

  init(_ view: EntryView) {
    self.view = view
    row = Row(usesColor: view.usesColor)
  }

  mutating func run() {
    append(view.prompt)
    for character in view.text {
      if scalarOffset + character.unicodeScalars.count > view.cursor { placeCursor() }
      if character == "\n" {
        breakLine()
        append(view.continuation)
      } else {
        append(character, style)
      }
      scalarOffset += character.unicodeScalars.count
      byteOffset += character.utf8.count
    }
    placeCursor()
    for character in view.suggestion {
      if character == "\n" {
        breakLine()
        append(view.continuation)
      } else {
        append(character, .faint)
      }
    }
    row.end()
    rows.append(row)
  }

  /// The style of the text at the present offset.
  private var style: Style {
    mutating get {
      while lookIndex < view.looks.count, view.looks[lookIndex].range.upperBound <= byteOffset {
        lookIndex += 1
      }
      guard lookIndex < view.looks.count, view.looks[lookIndex].range.contains(byteOffset) else {
        return .plain
      }
      return view.looks[lookIndex].style
    }
  }

  private mutating func append(_ text: StyledText) {
    for part in text.parts { for character in part.text { append(character, part.style) } }
  }

  private mutating func append(_ character: Character, _ style: Style) {
    let shown = shownCharacter(character)
    let width = displayWidth(of: shown)
    if row.width + width <= view.columns {
      row.append(shown, width: width, style)
    } else if shown.count == 1 {
      breakLine()
      row.append(shown, width: width, style)
    } else {
      // What is written out breaks anywhere.
      for piece in shown {
        if row.width >= view.columns { breakLine() }
        row.append(String(piece), width: displayWidth(of: piece), style)
      }
    }
  }

  private mutating func breakLine() {
    row.end()
    rows.append(row)
    row = Row(usesColor: view.usesColor)
  }

  private mutating func placeCursor() {
    guard !hasCursor else { return }
    hasCursor = true
    // Behind the last column there is no place for a cursor.
    if row.width >= view.columns { breakLine() }
    cursorRow = rows.count
    cursorColumn = row.width
  }
}
