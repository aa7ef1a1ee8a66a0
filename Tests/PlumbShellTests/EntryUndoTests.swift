import Testing

@testable import PlumbShell

@Suite struct EntryUndoTests {
  /// Notes each text with the cursor at its end.
  private func undo(_ texts: String...) -> EntryUndo {
    var undo = EntryUndo()
    for text in texts { undo.note(state(text)) }
    return undo
  }

  private func state(_ text: String) -> EntryUndo.State {
    EntryUndo.State(text: text, cursor: text.unicodeScalars.count)
  }

  @Test func aWordIsOneEdit() {
    var undo = undo("r", "ru", "run", "run ", "run |", "run | ", "run | t")
    #expect(undo.undo() == state("run | "))
    #expect(undo.undo() == state("run |"))
    #expect(undo.undo() == state("run "))
    #expect(undo.undo() == state("run"))
    #expect(undo.undo() == state(""))
    #expect(undo.undo() == nil)
  }

  @Test func aPasteAndADeletionAreEdits() {
    var undo = undo("runs | take 5", "runs")
    #expect(undo.undo() == state("runs | take 5"))
    #expect(undo.undo() == state(""))
  }

  @Test func whatWasTakenBackComesAgainUntilSomethingElseIsTyped() {
    var undo = undo("a", "a b")
    #expect(undo.redo() == nil)
    #expect(undo.undo() == state("a"))
    #expect(undo.redo() == state("a b"))
    #expect(undo.undo() == state("a"))
    undo.note(state("ac d"))
    #expect(undo.redo() == nil)
    #expect(undo.undo() == state("a"))
  }

  @Test func theCursorComesBackToo() {
    var undo = undo("abc")
    undo.note(EntryUndo.State(text: "abc", cursor: 1))
    undo.note(EntryUndo.State(text: "aXYbc", cursor: 3))
    #expect(undo.undo() == EntryUndo.State(text: "abc", cursor: 1))
  }
}
