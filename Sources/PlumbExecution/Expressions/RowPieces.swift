import PlumbColumns

/// Puts a column together from pieces that were computed for different rows.
struct RowPieces {
  private let type: DataType
  private let count: Int
  private var pieces: [Piece] = []

  private struct Piece {
    let column: Column
    let rows: Values<UInt32>
    /// Whether the column has a value for every row of the frame, not just for `rows`.
    let spansFrame: Bool
  }

  init(type: DataType, count: Int) {
    self.type = type
    self.count = count
  }

  /// Adds values for some rows.
  ///
  /// The column has a value for each of them, or, if it spans the frame, one for every row of the
  /// frame.
  mutating func add(_ column: Column, rows: Values<UInt32>, spansFrame: Bool = false) {
    guard rows.count > 0 else { return }
    pieces.append(Piece(column: column, rows: rows, spansFrame: spansFrame))
  }

  /// The whole column; every row must have been given a value.
  consuming func finish(_ dictionaries: ExtendedDictionaryCache) -> Column {
    let storage: Column.Storage
    switch type {
    case .bool: storage = .bool(merged(0) { $0.boolOperand })
    case .int, .timestamp, .duration: storage = .int64(merged(0) { $0.integerOperand })
    case .float: storage = .float(merged(0) { $0.doubleOperand })
    case .string:
      guard let texts = mergedTexts(dictionaries) else { return rearranged() }
      storage = texts
    case .null, .list, .record: return rearranged()
    }
    return Column(type: type, count: count, storage: storage, validity: mergedValidity())
  }

  private func merged<Element: BitwiseCopyable>(
    _ zero: Element, _ operand: (Column) -> LoopOperand<Element>
  ) -> Values<Element> {
    let result = Buffer<Element>(count: count)
    let target = result.base
    for (index, piece) in pieces.enumerated() {
      let rows = piece.rows.pointer
      let length = piece.rows.count
      switch operand(piece.column) {
      case .constant(let value):
        for place in 0..<length { target[Int(rows[place])] = value }
      case .values(let values):
        let source = values.pointer
        if piece.spansFrame, index == 0 {
          // The rows of other pieces are overwritten by them.
          target.update(from: source, count: count)
        } else if piece.spansFrame {
          for place in 0..<length { target[Int(rows[place])] = source[Int(rows[place])] }
        } else {
          for place in 0..<length { target[Int(rows[place])] = source[place] }
        }
        withExtendedLifetime(values) {}
      }
    }
    return Values(result)
  }

  private func mergedValidity() -> Bitmap? {
    guard pieces.contains(where: { $0.column.mayHaveNulls }) else { return nil }
    let present = Bitmap(repeating: true, count: count)
    let words = present.words.base
    for piece in pieces where piece.column.mayHaveNulls {
      let presence = piece.column.validity
      for place in 0..<piece.rows.count {
        let row = Int(piece.rows[place])
        if let presence, presence[piece.spansFrame ? row : place] { continue }
        words[row >> 6] &= ~(1 << UInt64(row & 63))
      }
    }
    return present
  }

  /// Texts that all have one dictionary but for constants, which are added to it.
  private func mergedTexts(_ dictionaries: ExtendedDictionaryCache) -> Column.Storage? {
    var shared: TextDictionary?
    var constants: [String] = []
    for piece in pieces {
      switch piece.column.storage {
      case .text8(_, let own), .text16(_, let own), .text32(_, let own):
        if let shared, shared !== own { return nil }
        shared = own
      case .constant(.string(let text)): constants.append(text)
      case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record: continue
      }
    }
    let (dictionary, codes) = dictionaries.extended(shared ?? .empty, by: constants)
    var next = 0
    let values: Values<UInt32> = merged(0) { column in
      switch column.storage {
      case .text8, .text16, .text32: return .values(column.codes().codes)
      case .constant(.string):
        next += 1
        return .constant(codes[next - 1])
      case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record:
        return .constant(0)
      }
    }
    return .text(values, dictionary)
  }

  /// Any types: all pieces laid end to end, then brought into the order of the rows.
  private func rearranged() -> Column {
    let places = Buffer<UInt32>(repeating: 0, count: count)
    var columns: [Column] = []
    var total = 0
    for piece in pieces {
      let (source, target) = (piece.rows.pointer, places.base)
      let start = UInt32(truncatingIfNeeded: total)
      let isConstant = piece.column.constantValue != nil
      for index in 0..<piece.rows.count {
        let offset = piece.spansFrame ? source[index] : UInt32(truncatingIfNeeded: index)
        target[Int(source[index])] = isConstant ? start : start &+ offset
      }
      columns.append(isConstant ? piece.column.withCount(1) : piece.column)
      total += isConstant ? 1 : piece.column.count
    }
    return Column.concatenated(columns, type: type).gathered(Values(places))
  }
}

/// Splits rows by a bool column that has a value for each of them: where it is true, and where
/// it is false or null.
func splitRows(
  _ rows: Values<UInt32>?, by mask: Column
) -> (chosen: Values<UInt32>, rest: Values<UInt32>) {
  let chosen = selectedRows(mask).rows
  let values = mask.bools()
  let flipped = Buffer<UInt8>(count: mask.count)
  let (source, target) = (values.pointer, flipped.base)
  for row in 0..<mask.count { target[row] = source[row] ^ 1 }
  withExtendedLifetime(values) {}
  if let validity = mask.validity { setMask(target, to: 1, whereUnset: validity) }
  let rest = selectedRows(.mask(flipped)).rows
  guard let rows else { return (chosen, rest) }
  return (composed(rows, chosen), composed(rows, rest))
}

private func composed(_ rows: Values<UInt32>, _ positions: Values<UInt32>) -> Values<UInt32> {
  let result = Buffer<UInt32>(count: positions.count)
  let (source, places) = (rows.pointer, positions.pointer)
  for index in 0..<positions.count { result.base[index] = source[Int(places[index])] }
  withExtendedLifetime((rows, positions)) {}
  return Values(result)
}
