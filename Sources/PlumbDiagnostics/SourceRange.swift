/// A place in a program text: a file and a half-open range of UTF-8 byte offsets.
package struct SourceRange: Sendable, Hashable {
  /// The text that the offsets count in.
  package let file: SourceFile
  private let lowerOffset: UInt32
  private let upperOffset: UInt32

  /// The offset of the first byte.
  package var lower: Int { Int(lowerOffset) }
  /// The offset after the last byte.
  package var upper: Int { Int(upperOffset) }
  /// Both offsets as a Swift range.
  package var offsets: Range<Int> { lower..<upper }
  /// Whether the place is a point between two bytes.
  package var isEmpty: Bool { lowerOffset == upperOffset }

  /// A range of a file; offsets past 32 bits are cut, which the lexer's size limit rules out.
  package init(_ file: SourceFile, _ lower: Int, _ upper: Int) {
    self.file = file
    lowerOffset = UInt32(clamping: lower)
    upperOffset = UInt32(clamping: max(lower, upper))
  }

  /// The text of the range.
  package var text: String { file.text(offsets) }

  /// The line (from 1) that the range begins on.
  package var line: Int { file.line(at: lower) }

  /// The smallest range that covers this one and another of the same file.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(file, min(lower, other.lower), max(upper, other.upper))
  }

  /// Ranges are the same when they are the same bytes of the same file object.
  package static func == (left: SourceRange, right: SourceRange) -> Bool {
    left.file === right.file && left.lowerOffset == right.lowerOffset
      && left.upperOffset == right.upperOffset
  }

  /// Hashes the file's identity and the offsets.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(lowerOffset)
    hasher.combine(upperOffset)
  }
}
