import PlumbColumns

/// What a thread keeps over the whole load: the dictionaries of the texts that it has seen.
///
/// One thread at a time uses a worker; that makes it safe to hand over.
final class CSVWorker: @unchecked Sendable {
  let index: Int
  private var interners: UnsafeMutablePointer<UnsafeMutablePointer<TextInterner>?>
  private var columnCount = 0

  init(index: Int) {
    self.index = index
    interners = .allocate(capacity: 1)
  }

  /// Makes room for the columns of another file; while no thread is at work.
  func reserve(columns: Int) {
    guard columns > columnCount else { return }
    let larger = UnsafeMutablePointer<UnsafeMutablePointer<TextInterner>?>
      .allocate(capacity: columns)
    larger.update(from: interners, count: columnCount)
    (larger + columnCount).initialize(repeating: nil, count: columns - columnCount)
    interners.deallocate()
    interners = larger
    columnCount = columns
  }

  deinit {
    for column in 0..<columnCount {
      if let interner = interners[column] {
        interner.deinitialize(count: 1)
        interner.deallocate()
      }
    }
    interners.deallocate()
  }

  /// The dictionary of a column in the making.
  func interner(_ column: Int) -> UnsafeMutablePointer<TextInterner> {
    if let interner = interners[column] { return interner }
    let made = UnsafeMutablePointer<TextInterner>.allocate(capacity: 1)
    made.initialize(to: TextInterner())
    interners[column] = made
    return made
  }

  /// The finished dictionary of a column, which the worker then forgets.
  func takeDictionary(_ column: Int) -> TextDictionary? {
    guard let interner = interners[column] else { return nil }
    interners[column] = nil
    let moved = interner.move()
    interner.deallocate()
    return moved.finish()
  }

  /// The unfinished dictionary of a column, which the worker then forgets.
  func takeInterner(_ column: Int) -> TextInterner {
    guard let interner = interners[column] else { return TextInterner() }
    interners[column] = nil
    let moved = interner.move()
    interner.deallocate()
    return moved
  }
}
