/// Reads records one by one into arrays: for headers and samples, where speed does not matter.
struct CSVRecordReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let delimiter: UInt8
  /// Where the next record begins.
  private(set) var position: Int

  /// A cell as it is meant, without its quotes.
  struct Cell {
    var text: [UInt8]
    var isQuoted: Bool
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int, delimiter: UInt8) {
    self.bytes = bytes
    self.position = position
    self.delimiter = delimiter
  }

  /// The next record; nil at the end or where a quote is not closed.
  mutating func next() -> [Cell]? {
    guard position < bytes.count else { return nil }
    var cells: [Cell] = []
    while true {
      guard let cell = cell() else { return nil }
      cells.append(cell)
      guard position < bytes.count else { return cells }
      let byte = bytes[position]
      position += 1
      if byte == delimiter { continue }
      if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
      return cells
    }
  }

  /// The next record that is not a blank line.
  mutating func nextFilled() -> [Cell]? {
    while let cells = next() {
      if cells.count > 1 || cells[0].isQuoted || !cells[0].text.isEmpty { return cells }
    }
    return nil
  }

  private mutating func cell() -> Cell? {
    var text: [UInt8] = []
    var isQuoted = false
    if position < bytes.count, bytes[position] == 0x22 {
      isQuoted = true
      position += 1
      while true {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        position += 1
        if byte == 0x22 {
          guard position < bytes.count, bytes[position] == 0x22 else { break }
          position += 1
        }
        text.append(byte)
      }
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
      text.append(byte)
      position += 1
    }
    return Cell(text: text, isQuoted: isQuoted)
  }
}
