/// A program text with a name: what the lexer reads and what diagnostics quote.
///
/// A file is compared by identity: two files with the same text are two places.
package final class SourceFile: Sendable {
  /// The name shown to people: a path as it was given, `<prompt>`, `<command>`, `cell 3`.
  package let name: String
  /// The text as UTF-8.
  ///
  /// Nothing promises that it is valid; the lexer reports where it is not.
  package let bytes: [UInt8]
  /// The byte offset at which each line begins; line `n` (from 1) begins at `lineStarts[n - 1]`.
  package let lineStarts: [Int]

  /// Takes bytes as they were read from a file.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for offset in 0..<buffer.count where buffer[offset] == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      }
    }
    lineStarts = starts
  }

  /// Takes text that is already a string.
  package convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The line (from 1) that holds a byte offset; an offset past the end belongs to the last line.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line (from 1) without its line end.
  package func bounds(ofLine line: Int) -> Range<Int> {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The line and column of a byte offset, both from 1; a column is a Unicode scalar.
  package func position(at offset: Int) -> (line: Int, column: Int) {
    let line = line(at: offset)
    var column = 1
    var index = lineStarts[line - 1]
    let end = min(offset, bytes.count)
    while index < end {
      if bytes[index] & 0xC0 != 0x80 { column += 1 }
      index += 1
    }
    return (line, column)
  }

  /// The text between two byte offsets, with invalid UTF-8 replaced.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}
