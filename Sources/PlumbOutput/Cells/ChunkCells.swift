import PlumbColumns

/// The cells of a run of rows as plain pointers, so that writing a cell costs no reference count.
final class ChunkCells {
  /// A view on each column; valid while this object is.
  let views: UnsafeBufferPointer<CellView>
  private let columns: [Column]
  /// The widened values that the views point into.
  private let owners: [Any]
  let rowCount: Int

  /// The rows that formats write between two looks at cancellation.
  static let rows = 4096

  init(_ table: Table, rows: Range<Int>) {
    let columns = table.columns.map { $0.slice(rows.lowerBound, rows.count) }
    self.columns = columns
    rowCount = rows.count
    let views = UnsafeMutableBufferPointer<CellView>.allocate(capacity: columns.count)
    var owners: [Any] = []
    for (index, column) in columns.enumerated() {
      var view = CellView(layout: Self.layout(of: column, owners: &owners))
      if let presence = column.presence {
        owners.append(presence.words)
        view.presence = UnsafePointer(presence.words.base)
        view.presenceOffset = presence.offset
      }
      views.initializeElement(at: index, to: view)
    }
    self.views = UnsafeBufferPointer(views)
    self.owners = owners
  }

  deinit { views.deallocate() }

  /// The cell of a list or a record.
  func nestedValue(column: Int, row: Int) -> Value { columns[column].value(at: row) }

  private static func layout(of column: Column, owners: inout [Any]) -> CellView.Layout {
    switch column.type {
    case .null: return .nested
    case .bool:
      let values = column.bools()
      owners.append(values.buffer)
      return .bools(values.pointer)
    case .int, .timestamp, .duration:
      let values = column.integers()
      owners.append(values.buffer)
      if column.type == .timestamp { return .timestamps(values.pointer) }
      return column.type == .duration ? .durations(values.pointer) : .integers(values.pointer)
    case .float:
      let values = column.doubles()
      owners.append(values.buffer)
      return .floats(values.pointer)
    case .string:
      let (codes, dictionary) = column.codes()
      owners.append(codes.buffer)
      owners.append(dictionary)
      return .texts(
        codes.pointer, bytes: UnsafePointer(dictionary.bytes.base),
        offsets: UnsafePointer(dictionary.offsets.base))
    case .list, .record: return .nested
    }
  }
}

/// The cells of one column within a chunk.
struct CellView: BitwiseCopyable {
  let layout: Layout
  var presence: UnsafePointer<UInt64>?
  var presenceOffset = 0

  /// Where the values lie.
  enum Layout: BitwiseCopyable {
    case bools(UnsafePointer<UInt8>)
    case integers(UnsafePointer<Int>)
    case timestamps(UnsafePointer<Int>)
    case durations(UnsafePointer<Int>)
    case floats(UnsafePointer<Double>)
    case texts(
      UnsafePointer<UInt32>, bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<Int>)
    /// Lists and records: taken as values from the column.
    case nested
  }

  init(layout: Layout) { self.layout = layout }

  func isNull(_ row: Int) -> Bool {
    guard let presence else { return false }
    let position = presenceOffset + row
    return presence[position >> 6] >> UInt64(position & 63) & 1 == 0
  }

  /// The text of a row of a text column.
  static func text(
    _ codes: UnsafePointer<UInt32>, _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<Int>,
    _ row: Int
  ) -> UnsafeBufferPointer<UInt8> {
    let code = Int(codes[row])
    let start = offsets[code]
    return UnsafeBufferPointer(start: bytes + start, count: offsets[code + 1] - start)
  }
}

extension Table {
  /// Hands the rows to `append` in chunks and what it wrote to the sink.
  func render(
    rows: Range<Int>? = nil, _ options: OutputOptions, to sink: ByteSink,
    _ buffer: inout TextBuffer, append: (ChunkCells, inout TextBuffer) -> Void
  ) throws(OutputError) {
    var next = rows?.lowerBound ?? 0
    let end = rows?.upperBound ?? rowCount
    while next < end {
      try options.checkRun()
      let chunk = next..<min(next + ChunkCells.rows, end)
      append(ChunkCells(self, rows: chunk), &buffer)
      try sink.write(&buffer)
      next = chunk.upperBound
    }
    try sink.write(&buffer)
  }
}
