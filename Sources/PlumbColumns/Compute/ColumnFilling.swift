/// A column in the making, of which threads write different rows at the same time.
///
/// Only plain layouts, whose size follows from the number of rows. Where `validity` is kept, a
/// thread writes whole words of it: its rows begin at a multiple of 64.
package struct ColumnFilling: Sendable {
  private let column: Column

  /// Room for `count` rows in the layout of `model`, with its dictionary and, if it has one, a
  /// validity; nil for lists, records and constants.
  package init?(like model: Column, count: Int) {
    let storage: Column.Storage
    switch model.storage {
    case .int8: storage = .int8(Values(Buffer(count: count)))
    case .int16: storage = .int16(Values(Buffer(count: count)))
    case .int32: storage = .int32(Values(Buffer(count: count)))
    case .int64: storage = .int64(Values(Buffer(count: count)))
    case .float: storage = .float(Values(Buffer(count: count)))
    case .bool: storage = .bool(Values(Buffer(count: count)))
    case .text8(_, let dictionary): storage = .text8(Values(Buffer(count: count)), dictionary)
    case .text16(_, let dictionary): storage = .text16(Values(Buffer(count: count)), dictionary)
    case .text32(_, let dictionary): storage = .text32(Values(Buffer(count: count)), dictionary)
    case .list, .record, .constant: return nil
    }
    let validity = model.validity.map { _ in
      Bitmap(words: Buffer(count: (count + 63) / 64), count: count)
    }
    column = Column(type: model.type, count: count, storage: storage, validity: validity)
  }

  /// The column, once all rows have been written.
  package func finish() -> Column { column }

  /// Writes the rows of `source` at the given positions from row `start` on.
  ///
  /// `source` has the layout of the model.
  package func gather(_ source: Column, _ rows: Values<UInt32>, at start: Int) {
    let places = rows.pointer
    let count = rows.count
    switch (source.storage, column.storage) {
    case (.int8(let from), .int8(let to)): take(from, places, count, into: to.buffer.base + start)
    case (.int16(let from), .int16(let to)): take(from, places, count, into: to.buffer.base + start)
    case (.int32(let from), .int32(let to)): take(from, places, count, into: to.buffer.base + start)
    case (.int64(let from), .int64(let to)): take(from, places, count, into: to.buffer.base + start)
    case (.float(let from), .float(let to)): take(from, places, count, into: to.buffer.base + start)
    case (.bool(let from), .bool(let to)): take(from, places, count, into: to.buffer.base + start)
    case (.text8(let from, _), .text8(let to, _)):
      take(from, places, count, into: to.buffer.base + start)
    case (.text16(let from, _), .text16(let to, _)):
      take(from, places, count, into: to.buffer.base + start)
    case (.text32(let from, _), .text32(let to, _)):
      take(from, places, count, into: to.buffer.base + start)
    default: preconditionFailure("a column is filled from columns of its own layout")
    }
    if let target = column.validity, let validity = source.validity {
      validity.gather(places, count: count, into: target.words.base + start / 64)
    }
    withExtendedLifetime((rows, column)) {}
  }
}
