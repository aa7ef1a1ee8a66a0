import PlumbFormats

extension FuzzTarget {
  /// Reading the rows that a PostgreSQL server sends. The first byte tells how many columns there
  /// are, the second in which types they come; then each message has two bytes with its length.
  package static let copy = FuzzTarget(name: "copy") { bytes in
    guard bytes.count >= 2 else { return }
    let all: [PostgresColumn.Kind] = [.text, .int, .float]
    let kinds = (0..<Int(bytes[0] & 7) + 1).map { all[(Int(bytes[1]) + $0) % all.count] }
    var reader = BinaryRowReader(kinds)
    var position = 2
    while position + 2 <= bytes.count {
      let length = min(
        Int(bytes[position]) | Int(bytes[position + 1]) << 8, bytes.count - position - 2)
      position += 2
      // In memory of its own, so that reading beyond it is seen.
      let message = Array(bytes[position..<position + length])
      position += length
      do throws(BinaryRowReader.Fault) {
        let isRow = try message.withUnsafeBufferPointer {
          (bytes) throws(BinaryRowReader.Fault) -> Bool in
          let message = UnsafeRawBufferPointer(bytes)
          guard let row = try reader.row(message) else { return false }
          check(row, columnCount: kinds.count, byteCount: message.count)
          return true
        }
        if !isRow { return }
      } catch {
        precondition(!error.detail.isEmpty)
        return
      }
    }
  }

  /// Reads all fields of a row in every way.
  private static func check(_ row: BinaryRow, columnCount: Int, byteCount: Int) {
    for column in 1...Int32(columnCount) {
      let (text, integer, number) = (row.string(column), row.integer(column), row.double(column))
      if let bytes = row.bytes(column) {
        precondition(bytes.count <= byteCount)
        precondition(integer == nil || number != nil)
      } else {
        precondition(text == nil && integer == nil && number == nil)
      }
    }
  }
}
