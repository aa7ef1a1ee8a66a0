import Testing

@testable import PlumbShell

@Suite struct EntryTextTests {
  @Test func charactersAreGraphemes() {
    let text = EntryText("a👨‍👩‍👧é")
    #expect(text.characterBefore(1) == 1)
    #expect(text.characterBefore(6) == 5)
    #expect(text.characterAfter(1) == 5)
    #expect(text.characterBefore(0) == 0)
    #expect(text.characterAfter(8) == 0)
  }

  @Test func wordsAreLettersDigitsAndUnderscores() {
    let text = EntryText("  val_auc > 0")
    #expect(text.wordAfter(0) == 9)
    #expect(text.wordAfter(9) == 4)
    #expect(EntryText.firstWord(" | take 5") == " | take")
  }

  @Test func linesAboveAndBelowKeepTheColumn() {
    let text = EntryText("abc\ndefgh\ni")
    #expect(text.lineAbove(6) == 2)
    #expect(text.lineAbove(9) == 3)
    #expect(text.lineAbove(2) == nil)
    #expect(text.lineBelow(2) == 6)
    #expect(text.lineBelow(8) == 11)
    #expect(text.lineBelow(10) == nil)
    #expect(text.lineStart(6) == 4)
    #expect(text.lineEnd(6) == 9)
  }

  @Test func offsetsOfUTF8() {
    let text = EntryText("aé漢b")
    #expect(text.utf8Offset(3) == 6)
    #expect(text.scalarOffset(6) == 3)
    #expect(text.scalarOffset(0) == 0)
    #expect(text.text(1..<3) == "é")
  }
}
