import PlumbDiagnostics

/// What a terminal shows of the bytes that a program writes: cells, cursor, marks.
///
/// It knows the sequences that the shell uses, as ECMA-48 and xterm have them; another one is kept
/// in `unknown`, so that a test can say that there was none.
struct ScreenModel {
  struct Cell: Hashable {
    /// The character; empty for the right half of a wide one.
    var text = " "
    /// The parameters of the looks that are on, such as `1;34`.
    var looks = ""
  }

  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var cells: [[Cell]]
  private(set) var row = 0
  private(set) var column = 0
  /// Lines that went out of the screen at the top.
  private(set) var scrolledOut: [String] = []
  /// How often each mark (OSC 133) has come.
  private(set) var marks: [String: Int] = [:]
  /// The modes that are on, such as `?2004`.
  private(set) var modes: Set<String> = []
  private(set) var unknown: [String] = []
  private(set) var title = ""
  private var looks = ""
  /// Whether the last character stands in the last column, and the next one wraps.
  private var wraps = false
  private var pending: [UInt8] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Self.blank(columns, rows)
  }

  private static func blank(_ columns: Int, _ rows: Int) -> [[Cell]] {
    Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
  }

  // MARK: What can be seen

  /// The text of each row, without the space at its end.
  var lines: [String] { cells.map(Self.text) }

  /// The rows that are not empty at the end.
  var text: String {
    var lines = lines
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  private static func text(_ row: [Cell]) -> String {
    var text = row.map(\.text).joined()
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// The looks of the first place where a text stands.
  func looks(of text: String) -> String? {
    for row in cells {
      let joined = row.map(\.text).joined()
      guard let range = joined.firstRange(of: text) else { continue }
      let before = joined[..<range.lowerBound].reduce(0) { $0 + displayWidth(of: $1) }
      return row[before].looks
    }
    return nil
  }

  // MARK: Bytes

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var index = 0
    while index < pending.count {
      guard let length = take(index) else { break }
      index += length
    }
    pending.removeFirst(index)
  }

  /// Takes what begins at an index, and gives its length; nil when more must come first.
  private mutating func take(_ index: Int) -> Int? {
    switch pending[index] {
    case 0x1B: return takeEscape(index)
    case 0x0A:
      lineFeed()
      return 1
    case 0x0D:
      column = 0
      wraps = false
      return 1
    case 0x08:
      column = max(0, column - 1)
      wraps = false
      return 1
    case 0x07: return 1
    case 0x00..<0x20, 0x7F:
      unknown.append("control \(pending[index])")
      return 1
    default: return takeText(index)
    }
  }

  /// Takes a run of text, grapheme by grapheme. A run may be cut anywhere by the size of a read, so
  /// that its last grapheme waits for what follows, unless nothing does.
  private mutating func takeText(_ index: Int) -> Int? {
    var end = index
    while end < pending.count, pending[end] >= 0x20, pending[end] != 0x7F { end += 1 }
    if end == pending.count {
      // A UTF-8 sequence that is not whole.
      var start = end - 1
      while start > index, pending[start] & 0xC0 == 0x80 { start -= 1 }
      let lead = pending[start]
      let need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
      if end - start < need { end = start }
    }
    guard end > index else { return nil }
    for character in String(decoding: pending[index..<end], as: UTF8.self) { put(character) }
    return end - index
  }

  private mutating func put(_ character: Character) {
    let width = displayWidth(of: character)
    if width == 0 {
      if column > 0 { cells[row][column - 1].text.append(character) }
      return
    }
    if wraps || column + width > columns {
      column = 0
      lineFeed()
    }
    cells[row][column] = Cell(text: String(character), looks: looks)
    if width == 2, column + 1 < columns { cells[row][column + 1] = Cell(text: "", looks: looks) }
    column += width
    wraps = column >= columns
    if wraps { column = columns - 1 }
  }

  private mutating func lineFeed() {
    wraps = false
    if row + 1 < rows {
      row += 1
    } else {
      scrolledOut.append(Self.text(cells.removeFirst()))
      cells.append(Array(repeating: Cell(), count: columns))
    }
  }

  // MARK: Sequences

  private mutating func takeEscape(_ index: Int) -> Int? {
    guard index + 1 < pending.count else { return nil }
    switch pending[index + 1] {
    case UInt8(ascii: "["):
      var end = index + 2
      while end < pending.count, (0x20...0x3F).contains(pending[end]) { end += 1 }
      guard end < pending.count else { return nil }
      let parameters = String(decoding: pending[index + 2..<end], as: UTF8.self)
      perform(Character(Unicode.Scalar(pending[end])), parameters)
      return end + 1 - index
    case UInt8(ascii: "]"):
      var end = index + 2
      while end < pending.count, pending[end] != 0x07, pending[end] != 0x1B { end += 1 }
      guard end < pending.count, pending[end] == 0x07 || end + 1 < pending.count else { return nil }
      let text = String(decoding: pending[index + 2..<end], as: UTF8.self)
      if text.hasPrefix("133;") {
        marks[String(text.dropFirst(4)), default: 0] += 1
      } else {
        title = text
      }
      return end + (pending[end] == 0x07 ? 1 : 2) - index
    default:
      unknown.append("ESC \(Unicode.Scalar(pending[index + 1]))")
      return 2
    }
  }

  private mutating func perform(_ final: Character, _ parameters: String) {
    let number = parameters.split(separator: ";").first.flatMap { Int($0) }
    let count = max(1, number ?? 1)
    wraps = false
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(rows - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "H":
      row = 0
      column = 0
    case "J": erase(number ?? 0)
    case "K": for index in column..<columns { cells[row][index] = Cell() }
    case "m": looks = parameters == "0" || parameters.isEmpty ? "" : parameters
    case "h": modes.insert(parameters)
    case "l": modes.remove(parameters)
    default: unknown.append("ESC [ \(parameters)\(final)")
    }
  }

  private mutating func erase(_ what: Int) {
    guard what == 0 else {
      cells = Self.blank(columns, rows)
      return
    }
    for index in column..<columns { cells[row][index] = Cell() }
    for index in (row + 1)..<max(row + 1, rows) {
      cells[index] = Array(repeating: Cell(), count: columns)
    }
  }

  // MARK: The window

  /// Gives the screen another size, as terminals do it that wrap lines anew.
  mutating func resize(columns newColumns: Int, rows newRows: Int) {
    var wrapped: [[Cell]] = []
    var newRow = 0
    var newColumn = 0
    for (index, line) in cells.enumerated() {
      var rest = line[...]
      while let last = rest.last, last == Cell() { rest.removeLast() }
      if index == row {
        newRow = wrapped.count + column / newColumns
        newColumn = column % newColumns
      }
      repeat {
        var part = Array(rest.prefix(newColumns))
        rest = rest.dropFirst(newColumns)
        part += Array(repeating: Cell(), count: newColumns - part.count)
        wrapped.append(part)
      } while !rest.isEmpty
    }
    while wrapped.count > newRows, newRow < wrapped.count - 1,
      wrapped.last?.allSatisfy({ $0 == Cell() }) ?? false
    {
      wrapped.removeLast()
    }
    while wrapped.count > newRows {
      scrolledOut.append(Self.text(wrapped.removeFirst()))
      newRow -= 1
    }
    while wrapped.count < newRows { wrapped.append(Array(repeating: Cell(), count: newColumns)) }
    (cells, columns, rows, row, column) = (wrapped, newColumns, newRows, max(0, newRow), newColumn)
    wraps = false
  }
}
