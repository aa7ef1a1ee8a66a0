import PlumbColumns

extension Executor {
  /// The results of a window's call, one piece after the other, brought into the order of the
  /// table's rows.
  ///
  /// Floats and 64-bit integers, which most calls give, are written to their rows at once; other
  /// results are joined first.
  func rowOrder(
    _ pieces: [WindowWork.Piece], _ index: Int, _ type: DataType, count: Int
  ) throws(ExecutionError) -> Column {
    if pieces.allSatisfy({ $0.rows == nil }) {
      return try joined(pieces, index, type)
    }
    let columns = pieces.map { $0.columns[index] }
    let storage: Column.Storage
    if columns.allSatisfy({ if case .float = $0.storage { true } else { false } }) {
      storage = .float(
        Values(try scattered(pieces, columns.map { $0.doubles() }, count)))
    } else if columns.allSatisfy({ if case .int64 = $0.storage { true } else { false } }) {
      storage = .int64(
        Values(try scattered(pieces, columns.map { $0.integers() }, count)))
    } else {
      let ordered = try joined(pieces, index, type)
      return try gather([ordered], try places(pieces, count))[0]
    }
    return Column(
      type: type, count: count, storage: storage,
      validity: try scatteredValidity(pieces, columns, count))
  }

  private func joined(
    _ pieces: [WindowWork.Piece], _ index: Int, _ type: DataType
  ) throws(ExecutionError) -> Column {
    try attempt(control.check)
    return Column.concatenated(pieces.map { $0.columns[index] }, type: type)
  }

  private func scattered<Element: BitwiseCopyable & Sendable>(
    _ pieces: [WindowWork.Piece], _ values: [Values<Element>], _ count: Int
  ) throws(ExecutionError) -> Buffer<Element> {
    try reserve(count * MemoryLayout<Element>.stride)
    let target = Buffer<Element>(count: count)
    _ = try runWorkers(pieces.count, control: control) {
      (index, scope) throws(ExecutionError) -> Void in
      try scope.check()
      scatter(values[index], to: pieces[index], target.base)
    }
    return target
  }

  private func scatteredValidity(
    _ pieces: [WindowWork.Piece], _ columns: [Column], _ count: Int
  ) throws(ExecutionError) -> Bitmap? {
    guard columns.contains(where: { $0.validity != nil }) else { return nil }
    // Bytes, as threads must not write bits of one word.
    let bytes = try scattered(
      pieces,
      columns.map { column in
        column.validity?.bytes ?? Values(Buffer<UInt8>(repeating: 1, count: column.count))
      }, count)
    return Bitmap(bytes: bytes.base, count: count)
  }

  /// For each row the place of its result among the joined pieces.
  private func places(
    _ pieces: [WindowWork.Piece], _ count: Int
  ) throws(ExecutionError) -> Values<UInt32> {
    try reserve(count * 4)
    let places = Buffer<UInt32>(count: count)
    _ = try runWorkers(pieces.count, control: control) {
      (piece, scope) throws(ExecutionError) -> Void in
      try scope.check()
      pieces[piece].writePlaces(to: places.base)
    }
    return Values(places)
  }
}

private func scatter<Element: BitwiseCopyable>(
  _ values: Values<Element>, to piece: WindowWork.Piece, _ target: UnsafeMutablePointer<Element>
) {
  let source = values.pointer
  defer { withExtendedLifetime(values) {} }
  guard let rows = piece.rows else {
    (target + piece.positions.lowerBound).update(from: source, count: values.count)
    return
  }
  let places = rows.pointer
  for index in 0..<rows.count { target[Int(places[index])] = source[index] }
  withExtendedLifetime(rows) {}
}
