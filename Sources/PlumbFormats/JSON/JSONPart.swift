import PlumbColumns

/// The rows of a file, or of a part of one, in columns of their own.
///
/// One thread fills it; after that it is only read.
final class JSONPart: @unchecked Sendable {
  let tree = JSONKeyTree(path: "", key: [])
  private(set) var rowCount = 0

  /// The bytes that are read between two looks at cancellation.
  private static let checkBytes = 1 << 20

  /// Why reading a part ended early.
  enum Failure: Error {
    case malformed(JSONError)
    case interrupted(RunControl.Interruption)
  }

  /// Reads all values from `start` to the end of the text.
  ///
  /// - Parameter isOfLines: Whether each line should hold a value.
  func read(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, isOfLines: Bool, _ control: RunControl,
    progress: (Int) -> Void
  ) throws(Failure) {
    var rows = JSONRows(JSONReader(text, from: start), tree: tree, row: 0)
    var nextCheck = 0
    while true {
      do throws(JSONError) {
        guard try rows.readNext() else { break }
      } catch {
        throw .malformed(rows.error(error, withinLine: isOfLines))
      }
      guard rows.position >= nextCheck else { continue }
      nextCheck = rows.position + Self.checkBytes
      do throws(RunControl.Interruption) { try control.check() } catch {
        throw .interrupted(error)
      }
      progress(rows.position)
    }
    rowCount = rows.row
  }
}

/// Where a text of objects, one on each line, can be read in parts at once.
struct JSONSegments {
  /// Each with the text's beginning up to its end.
  private(set) var ranges: [Range<Int>] = []

  /// Enough that threads which are fast do not wait for those that are not.
  private static let segmentBytes = 4 << 20

  /// The parts of a text; one part for a text that does not begin with an object, or is short.
  ///
  /// Each begins with a brace at the beginning of a line. That could also be one within an object
  /// that spreads over lines; then a part is not a sequence of values, which its reader finds.
  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int, control: RunControl) {
    var begin = start
    let first = text[start...].first { $0 > 0x20 }
    guard first == 0x7B, control.threadCount > 1 else {
      ranges = [start..<text.count]
      return
    }
    while text.count - begin > Self.segmentBytes * 3 / 2 {
      var end = begin + Self.segmentBytes
      while end < text.count, !(text[end - 1] == 0x0A && text[end] == 0x7B) { end += 1 }
      guard end < text.count else { break }
      ranges.append(begin..<end)
      begin = end
    }
    ranges.append(begin..<text.count)
  }
}
