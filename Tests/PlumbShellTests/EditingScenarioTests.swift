import Foundation
import Testing

@testable import PlumbShell

/// Editing an entry at a real pseudo-terminal.
@Suite(.serialized) struct EditingScenarioTests {
  private typealias Keys = ShellUnderTest

  @Test func cuttingKeepsToItsLine() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs |" + Keys.altEnter + "take 5" + Keys.up + "\u{1}")
      try shell.wait("the first line") { $0.row == 1 && $0.column == 7 }
      shell.send(Keys.control.k)
      try shell.wait("the second line alone") { $0.text.hasSuffix("plumb>\n     …> take 5") }
      shell.send(Keys.control.y)
      try shell.wait("the first line again") { $0.text.hasSuffix("plumb> runs |\n     …> take 5") }
      shell.send(Keys.control.u)
      try shell.wait("a line without its start") { $0.text.hasSuffix("plumb>\n     …> take 5") }
      // At the end of a line its break goes.
      shell.send(Keys.control.k)
      try shell.wait("one line") { $0.text.hasSuffix("plumb> take 5") }
    }
  }

  @Test func wordsAreDeletedOneByOne() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | take 5" + Keys.control.w)
      try shell.wait("a word less") { $0.lines[$0.row] == "plumb> runs | take" }
      shell.send(Keys.control.w)
      try shell.wait("two words less") { $0.lines[$0.row] == "plumb> runs |" }
    }
  }

  @Test func editsAreTakenBack() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | take 5" + Keys.control.u)
      try shell.wait("an empty entry") { $0.lines[$0.row] == "plumb>" }
      shell.send(Keys.control.underscore)
      try shell.wait("the entry again") { $0.lines[$0.row] == "plumb> runs | take 5" }
      shell.send(Keys.control.underscore)
      try shell.wait("without the last word") { $0.lines[$0.row] == "plumb> runs | take" }
      shell.send("\u{1B}_")
      try shell.wait("with it") { $0.lines[$0.row] == "plumb> runs | take 5" }
    }
  }

  @Test func altMovesByWords() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | where metrics.accuracy" + "\u{1B}b")
      try shell.wait("the start of a word") { $0.column == 7 + 21 }
      shell.send("\u{1B}b\u{1B}f")
      try shell.wait("the end of a word") { $0.column == 7 + 20 }
    }
  }

  @Test func aLongPasteIsThereAtOnceAndCanBeEdited() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      let lines = (1...300).map { "# line \($0)" }.joined(separator: "\r")
      shell.send(Keys.paste(lines + "\r40 + "))
      try shell.wait("the end of the paste") { $0.lines[23] == "     …> 40 +" }
      #expect(shell.screen.lines[22] == "     …> # line 300")
      shell.send("2" + Keys.up + Keys.up)
      try shell.wait("the cursor in the text") { $0.row == 21 }
      try shell.enter("")
      #expect(shell.screen.lines.contains("42"))
    }
  }

  @Test func aPasteLeavesItsPromptsBehind() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send(Keys.paste("plumb> 40 +\r     …> 2"))
      try shell.wait("the text alone") { $0.text.hasSuffix("plumb> 40 +\n     …> 2") }
      try shell.enter("")
      #expect(shell.screen.lines.contains("42"))
    }
  }

  @Test func aTextTallerThanTheWindowScrolls() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(rows: 6)
      shell.send((1...10).map { "# \($0)" }.joined(separator: Keys.altEnter))
      try shell.wait("the last line") { $0.lines[$0.row] == "     …> # 10" }
      shell.send(String(repeating: Keys.up, count: 9))
      try shell.wait("the first line") { $0.lines[0] == "plumb> # 1" && $0.row == 0 }
      #expect(shell.screen.lines[5] == "     …> # 6")
    }
  }

  @Test func bracketsAtTheCursorAreMatched() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("round((1 + 2) * 3)")
      try shell.wait("the pair of the last bracket") {
        $0.cells[$0.row][12].looks == "1;7" && $0.cells[$0.row][24].looks == "1;7"
      }
      #expect(shell.screen.cells[shell.screen.row][13].looks == "")
    }
  }

  @Test func theMenuIsFilteredAsOneTypes() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | s\t")
      try shell.wait(for: "summarize")
      #expect(shell.screen.text.contains("select"))
      shell.send("u")
      try shell.wait("fewer lines") { !$0.text.contains("select") && $0.text.contains("summarize") }
      shell.send("\u{7F}")
      try shell.wait("all lines again") { $0.text.contains("select") }
      shell.send("\u{1B}")
      try shell.wait("no menu") { !$0.text.contains("select") }
      #expect(shell.screen.lines[shell.screen.row] == "plumb> runs | s")
    }
  }

  @Test func keysOfFamiliesAreOfferedAfterTheirPoint() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | where metr\t")
      try shell.wait("the families") { $0.text.contains("metrics_max.") }
      shell.send(".val")
      try shell.wait(for: "`val/auc`")
      shell.send("/au\t")
      try shell.wait("a key in backquotes") {
        $0.lines[$0.row] == "plumb> runs | where metrics.`val/auc`"
      }
    }
  }

  @Test func escapeSequencesOfUnknownKeysLeaveNothing() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("1\u{1B}[15~\u{1B}[1;2P\u{1B}Ox\u{1B}[57399u2")
      try shell.wait("two digits") { $0.lines[$0.row] == "plumb> 12" && $0.column == 9 }
    }
  }
}
