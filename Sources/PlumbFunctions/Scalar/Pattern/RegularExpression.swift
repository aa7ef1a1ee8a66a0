import CPCRE2
import Glibc
package import PlumbColumns
import Synchronization

/// A compiled regular expression (PCRE2's syntax, Unicode-aware) whose every match takes bounded
/// time.
///
/// A backtracking matcher can need exponential time. PCRE2's own match limit starts anew at each
/// position of the text and does not count what a loop over single characters scans, so it bounds
/// the time only together with the length of the text. Hence two programs of one pattern: the
/// plain one under a limit that shrinks with the square of the length, and, where that limit is
/// hit or the text is long, one with a callout before every item, which looks at the clock.
package final class RegularExpression: Sendable {
  /// The pattern as it was given.
  package let pattern: String
  /// The number of groups in parentheses.
  package let groupCount: Int
  /// The named groups with their numbers.
  package let groupNames: [String: Int]
  private let plain: CompiledPattern
  /// The program with callouts, made when it is first needed.
  private let timed = Mutex<CompiledPattern?>(nil)
  /// Working memory, lent to one thread at a time.
  private let idle = Mutex<[MatchScratch]>([])

  /// The longest time that one match may take.
  static let timeLimitMicroseconds = 40_000
  /// Longest pattern in bytes; more is no pattern that somebody wrote.
  static let maximumPatternBytes = 20_000
  /// Steps times the square of the text's length that the plain program may take: some 20 ms.
  private static let plainWork = 40_000_000
  /// From here on the plain program's limit would be too low to be of use.
  private static let longTextBytes = 2_000

  /// Compiles a pattern; an error names the place in it.
  package static func compile(_ pattern: String) throws(FunctionError) -> RegularExpression {
    try RegularExpression(pattern)
  }

  private init(_ pattern: String) throws(FunctionError) {
    self.pattern = pattern
    plain = try CompiledPattern(pattern, options: 0)
    groupCount = plain.groupCount
    groupNames = plain.groupNames()
  }

  /// Whether the pattern is found anywhere in the text (valid UTF-8).
  package func matches(_ text: UnsafeBufferPointer<UInt8>) throws(FunctionError) -> Bool {
    let scratch = borrow()
    defer { giveBack(scratch) }
    return try search(text, from: 0, options: 0, scratch)
  }

  /// Whether the pattern is found anywhere in a text.
  package func matches(_ text: String) throws(FunctionError) -> Bool {
    var text = text
    text.makeContiguousUTF8()
    let scratch = borrow()
    defer { giveBack(scratch) }
    return try withBytes(of: text) { (bytes) throws(FunctionError) in
      try search(bytes, from: 0, options: 0, scratch)
    }
  }

  /// Calls `visit` with each match from left to right, none overlapping another.
  ///
  /// It ends when `visit` gives false. A match gives the byte ranges of the whole and of the groups (nil: took no part).
  package func forEachMatch(
    in text: UnsafeBufferPointer<UInt8>, control: RunControl?,
    _ visit: (_ ranges: [Range<Int>?]) throws(FunctionError) -> Bool
  ) throws(FunctionError) {
    let scratch = borrow()
    defer { giveBack(scratch) }
    var start = 0
    var options: UInt32 = 0
    while start <= text.count {
      try control?.checkFunction()
      guard try search(text, from: start, options: options, scratch) else {
        guard options != 0 else { return }
        // Nothing but the empty match was there: go on behind the next character.
        start = next(after: start, in: text)
        options = 0
        continue
      }
      let ranges = scratch.ranges(groupCount + 1)
      guard let whole = ranges[0], try visit(ranges) else { return }
      start = whole.upperBound
      options = whole.isEmpty ? PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED : 0
    }
  }

  private func next(after position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var next = position + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  /// Looks for the pattern from a byte on; the ranges are then in the scratch memory.
  private func search(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, options: UInt32, _ scratch: MatchScratch
  ) throws(FunctionError) -> Bool {
    if text.count <= Self.longTextBytes {
      let length = text.count + 1
      let limit = UInt32(min(1_000_000, Self.plainWork / (length * length)))
      let result = scratch.match(plain, text, start, options, stepLimit: limit)
      if result >= 0 { return true }
      if result == PCRE2_ERROR_NOMATCH { return false }
    }
    let result = scratch.match(try timedProgram(), text, start, options, stepLimit: nil)
    if result >= 0 { return true }
    if result == PCRE2_ERROR_NOMATCH { return false }
    throw FunctionError(
      "the regular expression `\(pattern)` takes too long on a text of \(text.count) bytes",
      hint: "loops inside loops, as in `(a+)+`, make it try too many ways; write it without them")
  }

  private func timedProgram() throws(FunctionError) -> CompiledPattern {
    if let known = timed.withLock({ $0 }) { return known }
    let made = try CompiledPattern(pattern, options: PCRE2_AUTO_CALLOUT)
    timed.withLock { $0 = made }
    return made
  }

  private func borrow() -> MatchScratch {
    idle.withLock { $0.popLast() } ?? MatchScratch(groupCount: groupCount)
  }

  private func giveBack(_ scratch: MatchScratch) {
    idle.withLock { $0.append(scratch) }
  }
}

/// Lends the UTF-8 of a text to a function with a typed error, which `withUTF8` does not pass on.
func withBytes<Result>(
  of text: String,
  _ body: (UnsafeBufferPointer<UInt8>) throws(FunctionError) -> Result
) throws(FunctionError) -> Result {
  var text = text
  let outcome = text.withUTF8 { bytes in
    do throws(FunctionError) {
      return Swift.Result<Result, FunctionError>.success(try body(bytes))
    } catch {
      return .failure(error)
    }
  }
  return try outcome.get()
}
