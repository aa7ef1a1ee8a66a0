/// Brings frames onto the screen with as few bytes as it takes: rows that stand there already are
/// left alone.
struct Painter {
  /// What stands on the screen; nil when the cursor is at the start of an empty line.
  private(set) var shown: Frame?

  /// Tells a terminal to show what follows in one step; others ignore it.
  private static let beginsUpdate = "\u{1B}[?2026h"
  private static let endsUpdate = "\u{1B}[?2026l"

  /// The bytes that turn what stands there into `frame`.
  mutating func paint(_ frame: Frame) -> String {
    guard frame != shown else { return "" }
    var pen = Pen(row: shown?.cursorRow ?? 0, lastRow: max(0, (shown?.rows.count ?? 1) - 1))
    let old = shown?.rows ?? []
    for (index, row) in frame.rows.enumerated() {
      if index < old.count, old[index] == row { continue }
      pen.move(to: index)
      // Erasing comes first: behind the last column it would erase what stands in it.
      pen.output += "\r\u{1B}[K" + row.text
    }
    if old.count > frame.rows.count {
      pen.move(to: frame.rows.count)
      pen.output += "\r\u{1B}[J"
    }
    pen.move(to: frame.cursorRow)
    pen.output += "\r"
    if frame.cursorColumn > 0 { pen.output += "\u{1B}[\(frame.cursorColumn)C" }
    shown = frame
    return Self.beginsUpdate + pen.output + Self.endsUpdate
  }

  /// The bytes that leave a last frame on the screen and go to the line under it.
  mutating func finish(_ frame: Frame) -> String {
    var output = paint(frame)
    var pen = Pen(row: frame.cursorRow, lastRow: frame.rows.count - 1)
    pen.move(to: frame.rows.count)
    output += pen.output + "\r"
    shown = nil
    return output
  }

  /// The bytes that erase what stands there, for something else to be printed in its place.
  mutating func erase() -> String {
    guard let frame = shown else { return "" }
    var pen = Pen(row: frame.cursorRow, lastRow: frame.rows.count - 1)
    pen.move(to: 0)
    shown = nil
    return pen.output + "\r\u{1B}[J"
  }

  /// The bytes that erase what stands there after the window has become `columns` wide.
  ///
  /// A terminal that became narrower has wrapped the rows that no longer fit.
  mutating func erase(columns: Int) -> String {
    guard let frame = shown, columns > 0 else { return "" }
    var above = frame.cursorColumn / columns
    for row in frame.rows[..<frame.cursorRow] { above += max(0, row.width - 1) / columns + 1 }
    shown = nil
    return (above > 0 ? "\u{1B}[\(above)A" : "") + "\r\u{1B}[J"
  }

  /// Forgets what stands there: something else has been printed, or the screen was cleared.
  mutating func forget() { shown = nil }
}

/// Moves between rows.
private struct Pen {
  var output = ""
  private var row: Int
  /// The last row that exists; further ones are made by line feeds.
  private var lastRow: Int

  init(row: Int, lastRow: Int) {
    self.row = row
    self.lastRow = max(row, lastRow)
  }

  mutating func move(to target: Int) {
    if target < row {
      output += "\u{1B}[\(row - target)A"
    } else {
      let down = min(target, lastRow) - row
      if down > 0 { output += "\u{1B}[\(down)B" }
      let feeds = target - max(row, min(target, lastRow))
      if feeds > 0 { output += "\r" + String(repeating: "\n", count: feeds) }
    }
    row = target
    lastRow = max(lastRow, target)
  }
}
