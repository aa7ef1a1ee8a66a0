import Foundation
import Testing

@testable import PlumbShell

/// Sessions at a real pseudo-terminal, judged by what the screen shows.
@Suite(.serialized) struct ScenarioTests {
  private typealias Keys = ShellUnderTest

  @Test func anEntryRunsAndShowsItsTable() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      #expect(shell.screen.lines[0].hasPrefix("Plumb"))
      #expect(shell.screen.lines[0].contains("std:demo: "))
      try shell.enter("runs | take 2 | select name, status")
      #expect(shell.screen.text.contains("│ name"))
      #expect(shell.screen.lines.contains { $0.hasPrefix("2 rows · ") && $0.hasSuffix("ms") })
      #expect(shell.screen.lines[shell.screen.row] == "plumb>")
      #expect(shell.screen.unknown.isEmpty)
    }
  }

  @Test func theLastResultGoesOn() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("1 + 1")
      try shell.enter("_ * 21")
      #expect(shell.screen.lines.contains("42"))
      try shell.enter("runs | take 7")
      try shell.enter("| count")
      #expect(shell.screen.lines.contains { $0.contains("7 │") })
    }
  }

  @Test func variablesStay() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("let n = 20")
      try shell.enter("def double(x) = x * 2")
      try shell.enter("double(n) + 2")
      #expect(shell.screen.lines.contains("42"))
    }
  }

  @Test func enterGoesOnWhereTheGrammarWantsMore() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs |\r")
      try shell.wait(for: "…>")
      try shell.enter("count")
      #expect(shell.screen.text.contains("plumb> runs |\n     …> count\n"))
      #expect(shell.screen.text.contains("│ count │"))
    }
  }

  @Test func altEnterBreaksTheLine() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("1 +" + Keys.altEnter + "1")
      try shell.wait(for: "…> 1")
      try shell.enter("")
      #expect(shell.screen.lines.contains("2"))
    }
  }

  @Test func anErrorIsShownAndTheSessionGoesOn() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("runs | where acuracy > 1")
      #expect(shell.screen.text.contains("error[E0203]: unknown column `acuracy`"))
      try shell.enter("40 + 2")
      #expect(shell.screen.lines.contains("42"))
    }
  }

  @Test func controlCGivesTheEntryUpAndLeavesItVisible() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | cou")
      try shell.wait(for: "runs | cou")
      try shell.interrupt()
      #expect(shell.screen.lines.contains("plumb> runs | cou^C"))
      #expect(shell.screen.lines[shell.screen.row] == "plumb>")
    }
  }

  @Test func controlCStopsAQuery() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      let started = shell.screen.marks["C"] ?? 0
      shell.send("var i = 0; while true { i = i + 1 }\r")
      try shell.wait("the run") { ($0.marks["C"] ?? 0) > started }
      try shell.interrupt()
      #expect(shell.screen.text.contains("cancelled after"))
      try shell.enter("40 + 2")
      #expect(shell.screen.lines.contains("42"))
    }
  }

  @Test func controlDLeavesOnAnEmptyEntryOnly() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("ab" + Keys.left + Keys.left + Keys.control.d)
      try shell.wait(for: "plumb> b")
      shell.send(Keys.control.d + Keys.control.d)
      #expect(try shell.exitCode() == 0)
      #expect(shell.echoes)
      #expect(!shell.screen.modes.contains("?2004"))
    }
  }

  @Test func keysTypedAheadAreNotLost() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      let ready = shell.screen.marks["B"] ?? 0
      shell.send("1 + 1\r2 + 2\r3 + 3\r")
      try shell.wait("three prompts") { ($0.marks["B"] ?? 0) >= ready + 3 }
      for result in ["2", "4", "6"] { #expect(shell.screen.lines.contains(result)) }
    }
  }

  @Test func aPasteIsOneEdit() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      #expect(shell.screen.modes.contains("?2004"))
      shell.send("\u{1B}[200~runs\r\n| take 3\n\t| count\u{1B}[201~")
      try shell.wait(for: "| count")
      #expect(shell.screen.text.hasSuffix("plumb> runs\n     …> | take 3\n     …>     | count"))
      try shell.enter("")
      #expect(shell.screen.lines.contains { $0.contains("3 │") })
    }
  }

  @Test func theHistoryComesBackAfterTheSession() throws {
    try Keys.rounds {
      let first = try ShellUnderTest()
      try first.enter("40 + 2")
      try first.enter("runs |\u{1B}\rcount")
      try first.enter(" 1 + 1")
      first.send(Keys.control.d)
      #expect(try first.exitCode() == 0)
      let second = try ShellUnderTest(home: first.home)
      second.send(Keys.up)
      try second.wait(for: "plumb> runs |")
      #expect(second.screen.text.hasSuffix("plumb> runs |\n     …> count"))
      second.send(Keys.up + Keys.up)
      try second.wait("the entry before") { $0.lines[$0.row].contains("40 + 2") || $0.row > 0 }
      try second.interrupt()
      second.send(Keys.up + Keys.up)
      try second.wait(for: "plumb> 40 + 2")
    }
  }

  @Test func upRecallsWhatBeginsAlike() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("10 + 1")
      try shell.enter("20 + 2")
      shell.send("10" + Keys.up)
      try shell.wait(for: "plumb> 10 + 1")
      try shell.wait("the recalled entry") { $0.lines[$0.row] == "plumb> 10 + 1" }
      shell.send(Keys.down)
      try shell.wait("what was typed") { $0.lines[$0.row].hasPrefix("plumb> 10") && $0.column == 9 }
    }
  }

  @Test func theHistoryIsSearched() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("10 + 1")
      try shell.enter("20 + 2")
      shell.send(Keys.control.r + "1")
      try shell.wait(for: "search: 1")
      try shell.wait("the entry found") { $0.lines[$0.row] == "plumb> 10 + 1" }
      try shell.enter("")
      #expect(shell.screen.lines.filter { $0 == "11" }.count == 2)
    }
  }

  @Test func aSuggestionIsTakenByTheRightArrow() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("40 + 2")
      shell.send("40")
      try shell.wait("the suggestion") { $0.lines[$0.row] == "plumb> 40 + 2" && $0.column == 9 }
      shell.send(Keys.right)
      try shell.wait("the cursor at the end") { $0.column == 13 }
      try shell.enter("")
      #expect(shell.screen.lines.filter { $0 == "42" }.count == 2)
    }
  }

  @Test func textIsColouredWhileTyping() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | take 5 # five")
      try shell.wait(for: "five")
      #expect(shell.screen.looks(of: "take") == "1;34")
      #expect(shell.screen.looks(of: "5") == "33")
      #expect(shell.screen.looks(of: "# five") == "90")
    }
  }

  @Test func anUnknownColumnIsMarkedBeforeEnter() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | where acuracy > 0.5 | take 5")
      try shell.wait("the mark") { $0.looks(of: "acuracy") == "4;31" }
      #expect(shell.screen.looks(of: "runs") == "")
    }
  }

  @Test func noColourWhereNoneIsWanted() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(environment: ["NO_COLOR": "1"])
      shell.send("runs | take 5")
      try shell.wait(for: "take 5")
      #expect(shell.screen.looks(of: "take") == "")
      #expect(shell.screen.looks(of: "plumb>") == "")
    }
  }

  @Test func tabCompletesColumnsOfThePipeline() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | derive zebra = 1 | where zeb\t")
      try shell.wait(for: "where zebra")
      try shell.interrupt()
      shell.send("runs | se\t")
      try shell.wait(for: "runs | select")
    }
  }

  @Test func theMenuIsChosenFrom() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.send("runs | t\t")
      try shell.wait(for: "tail")
      #expect(shell.screen.text.contains("top"))
      shell.send("\t")
      try shell.wait("a chosen line") { $0.looks(of: "  take") == "7" }
      shell.send("\t\r")
      try shell.wait("the chosen stage") { $0.lines[$0.row] == "plumb> runs | top" }
      #expect(!shell.screen.text.contains("tail"))
    }
  }

  @Test func commandsOfTheShell() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter(".tables")
      #expect(shell.screen.text.contains("experiments"))
      try shell.enter("\\dt")
      #expect(shell.screen.text.contains("`.tables` does that"))
      try shell.enter(".tabels")
      #expect(shell.screen.text.contains("did you mean `.tables`?"))
      try shell.enter(".mode csv")
      try shell.enter("table([{a: 1}])")
      #expect(shell.screen.text.contains("a\n1\n"))
      shell.send(".quit\r")
      #expect(try shell.exitCode() == 0)
    }
  }

  @Test func helpOnAWord() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(rows: 60)
      try shell.enter("?top")
      #expect(shell.screen.text.contains("top"))
      #expect(shell.screen.text.contains("(stage)"))
      try shell.enter("help runs")
      #expect(shell.screen.text.contains("(table)"))
    }
  }

  @Test func theFirstMinute() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest([])
      #expect(shell.screen.text.contains(".tour"))
      try shell.enter(".tour")
      #expect(shell.screen.text.contains("Step 1 of 6"))
      #expect(shell.screen.lines[shell.screen.row] == "plumb> runs")
      try shell.enter("")
      #expect(shell.screen.lines.contains { $0.contains(" rows") })
    }
  }

  @Test func theStartFileIsRunUnlessToldOtherwise() throws {
    try Keys.rounds {
      let files = [".config/plumb/plumbrc": ".timer on\nlet answer = 42\n"]
      let shell = try ShellUnderTest(files: files)
      try shell.enter("answer")
      #expect(shell.screen.lines.contains("42"))
      let plain = try ShellUnderTest(["--no-rc", "std:demo"], files: files)
      try plain.enter("answer")
      #expect(plain.screen.text.contains("unknown name `answer`"))
    }
  }

  @Test func anEntryIsEditedInAnEditor() throws {
    try Keys.rounds {
      let files = ["editor": "#!/bin/sh\necho '40 + 2' > \"$1\"\n"]
      let shell = try ShellUnderTest(
        environment: ["EDITOR": "sh $HOME/editor"], files: files)
      shell.send("1 + 1\u{18}\u{5}")
      try shell.wait("the edited entry") { $0.lines[$0.row] == "plumb> 40 + 2" }
      try shell.enter("")
      #expect(shell.screen.lines.contains("42"))
    }
  }

  @Test func viKeysFromEditrc() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(files: [".editrc": "bind -v\n"])
      shell.send("10 + 2")
      try shell.wait(for: "10 + 2")
      shell.send("\u{1B}")
      try shell.wait("the command mode") { $0.column == 12 }
      shell.send("0")
      try shell.wait("the start of the line") { $0.column == 7 }
      shell.send("x")
      try shell.wait("a character less") { $0.lines[$0.row] == "plumb> 0 + 2" }
      shell.send(Keys.right)
      try shell.wait("the cursor to the right") { $0.column == 8 }
      try shell.enter("")
      #expect(shell.screen.lines.contains("2"))
    }
  }

  @Test func aNewSizeOfTheWindow() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      let text = "runs | where status == \"FINISHED\" | take 5 | count"
      shell.send(text)
      try shell.wait(for: "take 5 | count")
      shell.resize(columns: 30, rows: 10)
      try shell.wait("the entry in the narrow window") {
        $0.text.hasSuffix("plumb> runs | where status ==\n\"FINISHED\" | take 5 | count")
          || $0.text.contains("plumb> runs | where status == ")
      }
      shell.resize(columns: 100, rows: 30)
      try shell.wait("the entry in the wide window") {
        $0.lines[$0.row] == "plumb> " + text
      }
      #expect(shell.screen.lines.filter { $0.contains("FINISHED") }.count == 1)
    }
  }

  @Test func tinyWindows() throws {
    try Keys.rounds {
      for (columns, rows) in [(20, 24), (80, 3), (20, 3)] {
        let shell = try ShellUnderTest(columns: columns, rows: rows)
        shell.send("runs | where status == \"FINISHED\"\u{1B}\r| take 5\u{1B}\r| count")
        try shell.wait(for: "| count")
        shell.send("\t")
        try shell.enter("")
        #expect(shell.screen.unknown.isEmpty)
        try shell.enter("40 + 2")
        try shell.wait(for: "42")
      }
    }
  }

  @Test func aDumbTerminalGetsPlainLines() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(environment: ["TERM": "dumb"], waits: false)
      try shell.wait(for: "plumb>")
      shell.send("40 +\r")
      try shell.wait(for: "…>")
      shell.send("2\r")
      try shell.wait("the result") { $0.lines.contains("42") }
      #expect(shell.screen.marks.isEmpty)
      shell.send(Keys.control.d)
      #expect(try shell.exitCode() == 0)
    }
  }

  @Test func anyLocaleWill() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(environment: ["LC_ALL": "C", "LANG": "C"])
      shell.send("\"漢字é\"")
      try shell.wait(for: "漢字é")
      try shell.enter("")
      #expect(shell.screen.lines.contains("漢字é"))
    }
  }

  @Test func aClosedTerminalEndsTheProcessAndKeepsTheHistory() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("40 + 2")
      shell.hangUp()
      #expect(try shell.exitCode() == 129)
      let path = shell.home.appendingPathComponent(".local/state/plumb/history.jsonl").path
      #expect(HistoryFile(path: path).entries() == ["40 + 2"])
    }
  }

  @Test func aSignalEndsTheShellAndGivesTheTerminalBack() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      shell.signal(SIGTERM)
      #expect(try shell.exitCode() == 143)
      #expect(shell.echoes)
    }
  }

  @Test func dataCannotReachTheTerminal() throws {
    try Keys.rounds {
      let row = "\"\u{1B}]0;owned\u{7}\",\"\u{202E}abc\",\"x\u{9B}2Jy\"\n"
      let shell = try ShellUnderTest([], files: ["bad.csv": "a,b,c\n" + row])
      try shell.enter(".open \(shell.home.path)/bad.csv")
      try shell.enter("bad")
      #expect(shell.screen.title == "")
      #expect(shell.screen.text.contains(#"\u{1b}]0;owned\u{7}"#))
      #expect(shell.screen.text.contains(#"\u{202e}abc"#))
      shell.send("bad | where a == \"\t")
      try shell.wait("the value in the menu or the entry") { $0.text.contains("owned") }
      #expect(shell.screen.title == "")
      #expect(shell.screen.unknown.isEmpty)
    }
  }

  @Test func secretsAreNeitherShownNorKept() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("let address = \"pg://me:s3cret@host/db\"")
      let path = shell.home.appendingPathComponent(".local/state/plumb/history.jsonl").path
      let kept = try String(contentsOfFile: path, encoding: .utf8)
      #expect(!kept.contains("s3cret"))
      shell.send(Keys.up)
      try shell.wait(for: "me:***@host")
      try shell.interrupt()
      // What was typed stands there, and nothing repeats it.
      try shell.enter("open \"pg://me:s3cret@host/db\"")
      #expect(shell.screen.lines.filter { $0.contains("s3cret") && !$0.hasPrefix("plumb>") } == [])
      #expect(shell.screen.text.contains("error["))
    }
  }
}
