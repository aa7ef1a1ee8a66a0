import PlumbColumns

/// The widths of a boxed table's columns, and which rows and columns are shown.
struct TableLayout {
  /// The rows above the gap and below it; one range when all are shown.
  let rows: [Range<Int>]
  /// The columns shown, by position, a box each; nil marks the gap where columns are left out.
  private(set) var boxes: [[Int?]]
  /// The width of each column of the table, whether shown or not.
  private(set) var widths: [Int]
  /// For numbers: the columns left of the decimal point, and from it on.
  private(set) var points: [(left: Int, right: Int)]
  let styles: [ShownColumn]

  /// Text is not clipped to less than this to make a table fit.
  private static let leastTextWidth = 16

  init(_ table: Table, _ options: OutputOptions) {
    var ranges = [0..<table.rowCount]
    if let most = options.maxRows, table.rowCount > most {
      let head = (max(most, 0) + 1) / 2
      ranges = [0..<head, (table.rowCount - max(most, 0) + head)..<table.rowCount]
    }
    let rows = ranges
    self.rows = rows
    styles = table.columns.map { ShownColumn($0, rows: rows, options: options) }
    boxes = table.columns.isEmpty ? [] : [table.columns.indices.map { $0 }]
    widths = table.schema.fields.map { field in
      max(
        displayWidth(TextEscapes.visible(field.name)),
        displayWidth(TextEscapes.visible(field.type.description)))
    }
    points = table.columns.map { _ in (0, 0) }
    measure(table)
    if let width = options.terminalWidth { fit(table, width, foldingRows: options.foldingRows) }
  }

  var shownRowCount: Int { rows.reduce(0) { $0 + $1.count } }
  var shownColumnCount: Int { boxes.reduce(0) { $0 + $1.count { $0 != nil } } }

  private mutating func measure(_ table: Table) {
    var cell = TextBuffer()
    for range in rows {
      var next = range.lowerBound
      while next < range.upperBound {
        let end = min(next + ChunkCells.rows, range.upperBound)
        let chunk = ChunkCells(table, rows: next..<end)
        for column in styles.indices {
          let aligns = table.schema.fields[column].type.isNumeric
          for row in 0..<chunk.rowCount {
            cell.removeAll()
            chunk.appendShown(column: column, row: row, styles[column], to: &cell)
            note(cell.bytes, column, aligns: aligns && !chunk.views[column].isNull(row))
          }
        }
        next = end
      }
    }
    for column in styles.indices {
      widths[column] = max(widths[column], points[column].left + points[column].right)
    }
  }

  private mutating func note(
    _ text: UnsafeBufferPointer<UInt8>, _ column: Int, aligns: Bool
  ) {
    if aligns, let split = pointPosition(text) {
      points[column].left = max(points[column].left, split)
      points[column].right = max(points[column].right, text.count - split)
    } else {
      widths[column] = max(widths[column], displayWidth(utf8: text))
    }
  }

  /// Clips texts until the box fits; else folds the columns into several boxes if those fit into
  /// the window, or leaves out columns in the middle.
  private mutating func fit(_ table: Table, _ terminalWidth: Int, foldingRows: Int?) {
    func total(_ widths: [Int]) -> Int { widths.reduce(1) { $0 + $1 + 3 } }
    let isText = table.schema.fields.map { !$0.type.isNumeric && !$0.type.isIntegerBacked }
    let natural = widths
    func clip(_ limit: Int) -> [Int] {
      natural.indices.map { isText[$0] ? min(natural[$0], limit) : natural[$0] }
    }
    var low = Self.leastTextWidth
    var high = max(low, natural.max() ?? 0)
    while low < high {
      let middle = (low + high + 1) / 2
      if total(clip(middle)) <= terminalWidth { low = middle } else { high = middle - 1 }
    }
    widths = clip(low)
    guard total(widths) > terminalWidth else { return }
    if let foldingRows, let folded = folded(terminalWidth, rows: foldingRows) {
      boxes = folded
      return
    }
    leaveOutColumns(table, terminalWidth)
  }

  /// The columns as boxes one below the other; nil when they do not fit.
  private func folded(_ terminalWidth: Int, rows: Int) -> [[Int?]]? {
    var boxes: [[Int?]] = []
    var room = 0
    for (column, width) in widths.enumerated() {
      if room < width + 3 || boxes.isEmpty {
        boxes.append([])
        room = terminalWidth - 1
      }
      guard room >= width + 3 else { return nil }
      boxes[boxes.count - 1].append(column)
      room -= width + 3
    }
    // A box has a rule at each end and one under its two lines of header.
    let height = boxes.count * (shownRowCount + 5 + (self.rows.count > 1 ? 1 : 0))
    return height <= rows ? boxes : nil
  }

  /// Keeps the columns that fit: those of their own from both ends, then keys of families from the
  /// front.
  private mutating func leaveOutColumns(_ table: Table, _ terminalWidth: Int) {
    let own = widths.indices.filter { table.schema.fields[$0].family == nil }
    let keys = widths.indices.filter { table.schema.fields[$0].family != nil }
    let order = (Self.fromBothEnds(own) + keys)
    var kept = Set<Int>()
    for column in order {
      let more = kept.union([column])
      guard kept.isEmpty || width(of: Self.box(more, widths.count)) <= terminalWidth else { break }
      kept = more
    }
    var box = Self.box(kept, widths.count)
    if kept.count == 1, let column = kept.first, width(of: box) > terminalWidth {
      // Beside a single column, a gap at one side says enough.
      if widths.count > 1 { box = [column, nil] }
      widths[column] = max(1, widths[column] - (width(of: box) - terminalWidth))
    }
    boxes = [box]
  }

  private static func fromBothEnds(_ columns: [Int]) -> [Int] {
    columns.indices.map { $0 % 2 == 0 ? columns[$0 / 2] : columns[columns.count - 1 - $0 / 2] }
  }

  /// The kept columns in their order, with a gap wherever some are left out.
  private static func box(_ kept: Set<Int>, _ count: Int) -> [Int?] {
    var box: [Int?] = []
    for column in 0..<count {
      if kept.contains(column) {
        box.append(column)
      } else if box.isEmpty || box[box.count - 1] != nil {
        box.append(nil)
      }
    }
    return box
  }

  private func width(of box: [Int?]) -> Int {
    box.reduce(1) { $0 + ($1.map { widths[$0] } ?? 1) + 3 }
  }
}

/// The position of the decimal point, or of what stands in its place; nil for NaN and infinities.
func pointPosition(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
  for (position, byte) in text.enumerated() {
    switch byte {
    case 0x2E, 0x65: return position
    case 0x4E, 0x49: return nil
    default: break
    }
  }
  return text.count
}

/// The columns that valid UTF-8 takes.
func displayWidth(utf8 text: UnsafeBufferPointer<UInt8>) -> Int {
  if text.allSatisfy({ $0 < 0x80 }) { return text.count }
  return displayWidth(String(decoding: text, as: UTF8.self))
}
