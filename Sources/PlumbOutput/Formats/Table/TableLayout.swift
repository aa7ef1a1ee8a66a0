import PlumbColumns
import PlumbDiagnostics

/// The widths of a boxed table's columns, and which rows and columns are shown.
struct TableLayout {
  /// The rows above the gap and below it; one range when all are shown.
  private(set) var rows: [Range<Int>]
  /// The columns shown, by position, a box each; nil marks the gap where columns are left out.
  private(set) var boxes: [[Int?]]
  /// The width of each column of the table, whether shown or not.
  private(set) var widths: [Int]
  /// For numbers: the columns left of the decimal point, and from it on.
  private(set) var points: [(left: Int, right: Int)]
  let styles: [ShownColumn]

  /// Text is not clipped to less than this to make a table fit.
  private static let leastTextWidth = 16
  /// Rows are left out for columns in further boxes only while a box keeps so many.
  private static let leastFoldedRows = 4
  private static let mostBoxesOfFewerRows = 3

  init(_ table: Table, _ options: OutputOptions) {
    let rows = Self.headAndTail(table.rowCount, options.maxRows ?? .max)
    self.rows = rows
    styles = table.columns.map { ShownColumn($0, rows: rows, options: options) }
    boxes = table.columns.isEmpty ? [] : [table.columns.indices.map { $0 }]
    widths = table.schema.fields.map { field in
      max(
        displayWidth(of: TextEscapes.visible(field.name)),
        displayWidth(of: TextEscapes.visible(field.type.description)))
    }
    points = table.columns.map { _ in (0, 0) }
    measure(table)
    if let width = options.terminalWidth { fit(table, width, foldingRows: options.foldingRows) }
  }

  /// The first and the last rows, `most` together.
  private static func headAndTail(_ count: Int, _ most: Int) -> [Range<Int>] {
    let most = max(most, 0)
    guard count > most else { return [0..<count] }
    let head = (most + 1) / 2
    return [0..<head, (count - most + head)..<count]
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
    let natural = widths
    let all = table.schema.fields.indices.map { $0 }
    clip(all, natural, table, to: terminalWidth)
    guard all.reduce(1, { $0 + widths[$1] + 3 }) > terminalWidth else { return }
    if let foldingRows, let folded = folded(terminalWidth) {
      let height = folded.count * (shownRowCount + 5 + (rows.count > 1 ? 1 : 0))
      if height <= foldingRows {
        fold(into: folded, natural, table, terminalWidth)
        return
      }
      // A gap, a rule at each end and one under two lines of header; then the footer, the prompt.
      let left = (foldingRows - 2) / folded.count - 6
      if folded.count <= Self.mostBoxesOfFewerRows, left >= Self.leastFoldedRows {
        rows = Self.headAndTail(table.rowCount, left)
        fold(into: folded, natural, table, terminalWidth)
        return
      }
    }
    leaveOutColumns(table, terminalWidth)
    let gaps = boxes[0].count { $0 == nil }
    if boxes[0].count - gaps > 1 {
      clip(boxes[0].compactMap { $0 }, natural, table, to: terminalWidth - gaps * 4)
    }
  }

  /// Shows the columns in several boxes, and gives the texts of each the room that its box has left.
  private mutating func fold(
    into folded: [[Int?]], _ natural: [Int], _ table: Table, _ terminalWidth: Int
  ) {
    boxes = folded
    for box in folded { clip(box.compactMap { $0 }, natural, table, to: terminalWidth) }
  }

  /// Gives texts of some columns as much of their natural widths as all together have room for.
  private mutating func clip(
    _ columns: [Int], _ natural: [Int], _ table: Table, to terminalWidth: Int
  ) {
    let isText = columns.map {
      !table.schema.fields[$0].type.isNumeric && !table.schema.fields[$0].type.isIntegerBacked
    }
    func width(_ index: Int, _ limit: Int) -> Int {
      isText[index] ? min(natural[columns[index]], limit) : natural[columns[index]]
    }
    var low = Self.leastTextWidth
    var high = max(low, columns.map { natural[$0] }.max() ?? 0)
    while low < high {
      let middle = (low + high + 1) / 2
      let total = columns.indices.reduce(1) { $0 + width($1, middle) + 3 }
      if total <= terminalWidth { low = middle } else { high = middle - 1 }
    }
    for index in columns.indices { widths[columns[index]] = width(index, low) }
  }

  /// The columns as boxes one below the other; nil when one of them does not fit.
  private func folded(_ terminalWidth: Int) -> [[Int?]]? {
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
    return boxes
  }

  /// Keeps the columns that fit: those of their own first, then keys of families.
  private mutating func leaveOutColumns(_ table: Table, _ terminalWidth: Int) {
    var kept = Set<Int>()
    var used = 1
    for column in Self.order(table.schema) {
      // No column is narrower than this.
      if terminalWidth - used < 4 { break }
      let more = kept.union([column])
      guard
        kept.isEmpty
          || used + widths[column] + 3 <= terminalWidth
            && width(of: Self.box(more, widths.count)) <= terminalWidth
      else { continue }
      kept = more
      used += widths[column] + 3
    }
    var box = Self.box(kept, widths.count)
    if kept.count == 1, let column = kept.first, width(of: box) > terminalWidth {
      // Beside a single column, a gap at one side says enough.
      if widths.count > 1 { box = [column, nil] }
      widths[column] = max(1, widths[column] - (width(of: box) - terminalWidth))
    }
    boxes = [box]
  }

  /// The columns, the most telling first: those that are said to be; then two from the front, where
  /// a table says what its rows are; then from the end, where a pipeline puts what it has computed.
  private static func order(_ schema: Schema) -> [Int] {
    let telling = schema.fields.indices.filter { schema.fields[$0].isTelling }
    return telling + orderByPlace(schema, schema.fields.indices.filter { !telling.contains($0) })
  }

  private static func orderByPlace(_ schema: Schema, _ columns: [Int]) -> [Int] {
    let keys = columns.filter { schema.fields[$0].family != nil }
    let own = columns.filter { schema.fields[$0].family == nil }
    if let first = keys.first {
      // Behind the keys of families stands what was computed; before them, what was there.
      let added = own.filter { $0 > first }
      let given = own.filter { $0 < first }
      return given.prefix(2) + added + given.dropFirst(2) + keys
    }
    var rest = own[...]
    var order: [Int] = []
    while !rest.isEmpty {
      order += rest.prefix(2)
      rest = rest.dropFirst(2)
      if let last = rest.popLast() { order.append(last) }
    }
    return order
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
  return displayWidth(of: String(decoding: text, as: UTF8.self))
}
