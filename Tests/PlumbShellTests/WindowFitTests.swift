import Testing

@testable import PlumbShell

@Suite struct WindowFitTests {
  private func exceeds(_ text: String, columns: Int = 10, rows: Int = 4, isWide: Bool = false)
    -> Bool
  {
    var fit = WindowFit((columns, rows), isWide: isWide)
    // In pieces, as it comes.
    for byte in text.utf8 {
      withUnsafeBytes(of: byte) { fit.add($0.assumingMemoryBound(to: UInt8.self)) }
    }
    return fit.isExceeded
  }

  @Test func linesAndThePromptMustFit() {
    #expect(!exceeds("a\nb\nc\n"))
    #expect(exceeds("a\nb\nc\nd\n"))
  }

  @Test func longLinesWrap() {
    #expect(!exceeds("0123456789\nb\nc\n"))
    #expect(exceeds("0123456789x\nb\nc\n"))
    #expect(!exceeds("漢字漢字漢\nb\nc\n"))
  }

  @Test func orDoNotFitAtAll() {
    #expect(exceeds("0123456789x\n", isWide: true))
    #expect(!exceeds("0123456789\n", isWide: true))
  }

  @Test func escapeSequencesTakeNoColumns() {
    #expect(!exceeds("\u{1B}[90m0123456789\u{1B}[0m\n", isWide: true))
  }
}
