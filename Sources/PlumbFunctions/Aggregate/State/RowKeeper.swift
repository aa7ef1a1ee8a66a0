import PlumbColumns

/// Rows remembered by their place, for aggregates that choose a row: the value is fetched from
/// the kept columns only at the end, so that no loop copies values, of whatever type.
///
/// Slices of one column in memory are kept as that column; batches of computed values are kept
/// each, until `compact` puts the values still wanted into one.
struct RowKeeper {
  /// The place of no row.
  static let none = UInt64.max

  private static let segmentShift: UInt64 = 40
  private static let compactedFromRows = 1 << 20

  private let type: DataType
  private var segments: [Segment] = []
  private var rowsHeld = 0

  private struct Segment {
    let column: Column
    /// Which memory the column is a slice of, if it is a slice of a known block.
    let block: Block?
  }

  /// A block of values in memory, and the block of the validity that goes with it.
  private struct Block: Equatable {
    let values: ObjectIdentifier
    let validity: ObjectIdentifier?
    let validityShift: Int
  }

  init(type: DataType) { self.type = type }

  /// Keeps a column; returns the place of its first row. The others follow.
  mutating func keep(_ column: Column) -> UInt64 {
    if let (block, offset, whole) = Self.wholeBlock(of: column) {
      if let known = segments.lastIndex(where: { $0.block == block }) {
        return UInt64(known) << Self.segmentShift | UInt64(offset)
      }
      segments.append(Segment(column: whole, block: block))
      rowsHeld += column.count
      return UInt64(segments.count - 1) << Self.segmentShift | UInt64(offset)
    }
    segments.append(Segment(column: column, block: nil))
    rowsHeld += column.count
    return UInt64(segments.count - 1) << Self.segmentShift
  }

  /// Whether `compact` would give back much memory.
  func shouldCompact(groupCount: Int) -> Bool {
    segments.count > 8 && rowsHeld > max(Self.compactedFromRows, 4 * groupCount)
  }

  /// Puts the rows at `places` into one column, rewrites the places, and drops all other rows.
  mutating func compact(_ places: UnsafeMutablePointer<UInt64>, stride: Int, count: Int) {
    let old = Buffer<UInt64>(count: count)
    for group in 0..<count {
      old.base[group] = places[group * stride]
      if places[group * stride] != Self.none { places[group * stride] = UInt64(group) }
    }
    let column = values(at: Values(old))
    segments = [Segment(column: column, block: nil)]
    rowsHeld = count
  }

  /// Takes over another keeper's columns; its place `p` is `p + result` here.
  mutating func merge(_ other: RowKeeper) -> UInt64 {
    let shift = UInt64(segments.count) << Self.segmentShift
    // Blocks of one memory are not joined: places must keep their segments.
    segments += other.segments
    rowsHeld += other.rowsHeld
    return shift
  }

  /// The values at these places, null where there is none.
  func values(at places: Values<UInt64>) -> Column {
    let columns = segments.map(\.column)
    return gatherRows(columns, type: type, places, segmentShift: Self.segmentShift)
  }

  /// The column of the whole memory block that `column` is a slice of, and where in it the slice
  /// begins; nothing for layouts that are no plain block or a validity that lies otherwise.
  private static func wholeBlock(of column: Column) -> (Block, Int, Column)? {
    func whole<Element>(
      _ values: Values<Element>, _ layout: (Values<Element>) -> Column.Storage
    ) -> (Block, Int, Column)? {
      let buffer = values.buffer
      var validity: Bitmap?
      var block = Block(
        values: ObjectIdentifier(buffer), validity: nil, validityShift: 0)
      if let bits = column.validity {
        let shift = bits.offset - values.offset
        let rows = min(buffer.count, bits.words.count * 64 - shift)
        guard shift >= 0, rows >= values.offset + values.count else { return nil }
        validity = Bitmap(words: bits.words, offset: shift, count: rows)
        block = Block(
          values: ObjectIdentifier(buffer), validity: ObjectIdentifier(bits.words),
          validityShift: shift)
      }
      let rows = validity?.count ?? buffer.count
      let column = Column(
        type: column.type, count: rows, storage: layout(Values(buffer, offset: 0, count: rows)),
        validity: validity)
      return (block, values.offset, column)
    }
    switch column.storage {
    case .int8(let values): return whole(values) { .int8($0) }
    case .int16(let values): return whole(values) { .int16($0) }
    case .int32(let values): return whole(values) { .int32($0) }
    case .int64(let values): return whole(values) { .int64($0) }
    case .float(let values): return whole(values) { .float($0) }
    case .bool(let values): return whole(values) { .bool($0) }
    case .text8(let codes, let dictionary): return whole(codes) { .text8($0, dictionary) }
    case .text16(let codes, let dictionary): return whole(codes) { .text16($0, dictionary) }
    case .text32(let codes, let dictionary): return whole(codes) { .text32($0, dictionary) }
    case .list, .record, .constant: return nil
    }
  }
}
