import Foundation
import Testing

@testable import PlumbShell

/// Results and commands at a real pseudo-terminal.
@Suite(.serialized) struct ResultScenarioTests {
  private typealias Keys = ShellUnderTest

  @Test func wideTablesAreFoldedByColumns() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(columns: 60)
      try shell.enter("runs | take 1 | select run_id, name, experiment, status, user")
      let headers = shell.screen.lines.filter { $0.contains("│ run_id") || $0.contains("│ user") }
      #expect(headers.count == 2)
      #expect(shell.screen.lines.allSatisfy { $0.count <= 60 })
    }
  }

  @Test func listsOfNumbersAreDrawn() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("table([{curve: [1, 2, 3, 4, 5, 6, 7, 8]}])")
      #expect(shell.screen.text.contains("▁▂▃▄▅▆▇█"))
    }
  }

  @Test func rowsThatANullConditionLeavesOutAreCounted() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter("table([{x: 1}, {x: null}, {x: null}]) | where x > 0")
      #expect(shell.screen.text.contains("1 row · "))
      #expect(shell.screen.text.contains("2 rows left out: null condition"))
    }
  }

  @Test func longHelpGoesThroughThePager() throws {
    try Keys.rounds {
      let pager = ["PLUMB_PAGER": "sed 's/^/paged: /'"]
      for entry in ["?summarize", "help(summarize)", "runs | select name | take 40"] {
        let shell = try ShellUnderTest(rows: 10, environment: pager)
        if entry.hasPrefix("runs") { try shell.enter(".settings rows all") }
        try shell.enter(entry)
        #expect(shell.screen.lines.contains { $0.hasPrefix("paged: ") }, "\(entry)")
        try shell.enter("40 + 2")
        #expect(shell.screen.lines.contains("42"))
      }
    }
  }

  @Test func whatFitsNeedsNoPager() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(environment: ["PLUMB_PAGER": "sed 's/^/paged: /'"])
      try shell.enter("runs")
      try shell.enter(".mode csv")
      try shell.enter("runs | take 3 | select name")
      #expect(!shell.screen.text.contains("paged: "))
      #expect(shell.screen.lines.contains("name"))
    }
  }

  @Test func withoutItsPagerTextIsShownAsItIs() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(rows: 10, environment: ["PLUMB_PAGER": "no-such-program"])
      try shell.enter("?take")
      #expect(shell.screen.scrolledOut.contains { $0.hasPrefix("take  (stage)") })
    }
  }

  @Test func lastShowsAllOfTheLastResult() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest(rows: 12, environment: ["PLUMB_PAGER": "grep -c string"])
      try shell.enter("runs | select name")
      #expect(shell.screen.text.contains("`.last` shows all"))
      let all = try ShellUnderTest(rows: 12, environment: ["PLUMB_PAGER": "wc -l"])
      try all.enter("runs | select name | take 100")
      try all.enter(".last")
      // Four lines of box and header, the rows, and two at the end.
      #expect(all.screen.lines.contains("106"))
    }
  }

  @Test func settingsAreShownAndSet() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      try shell.enter(".settings rows 2")
      try shell.enter("runs | select name")
      #expect(shell.screen.text.contains("(2 shown)"))
      try shell.enter(".settings zone Europe/Berlin")
      try shell.enter("table([{t: @2026-07-01T10:00}])")
      #expect(shell.screen.text.contains("2026-07-01 12:00"))
      try shell.enter(".settings")
      #expect(shell.screen.text.contains("Europe/Berlin"))
      try shell.enter(".settings wdth 5")
      #expect(shell.screen.text.contains("did you mean `width`?"))
    }
  }

  @Test func aPipelineIsWatchedUntilAKey() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      let ready = shell.screen.marks["B"] ?? 0
      shell.send(".watch 0.1 runs | count\r")
      try shell.wait(for: "any key stops")
      shell.send("q")
      try shell.wait("the prompt") { ($0.marks["B"] ?? 0) > ready }
      #expect(shell.screen.lines[shell.screen.row] == "plumb>")
    }
  }

  @Test func theTourGoesToItsEnd() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest([], columns: 100, rows: 40)
      for step in 1...6 {
        try shell.enter(".tour")
        #expect(shell.screen.text.contains("Step \(step) of 6"), "step \(step)")
        try shell.enter("")
        #expect(!shell.screen.text.contains("error["), "step \(step)")
        shell.send(Keys.control.l)
        try shell.wait("a clear screen") { $0.row == 0 }
      }
      try shell.enter(".tour")
      #expect(shell.screen.text.contains("That was the tour"))
    }
  }

  @Test func aSessionIsSavedAsAScriptThatRuns() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      let path = shell.home.path + "/session.plumb"
      try shell.enter("let n = 40")
      try shell.enter("n + 2")
      try shell.enter(".save \(path)")
      try shell.enter(".read \(path)")
      #expect(shell.screen.text.contains("42"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "let n = 40\nn + 2\n")
    }
  }

  @Test func tenShellsShareAHistoryAndDoNotMix() throws {
    try Keys.rounds {
      let first = try ShellUnderTest()
      let others = try (1..<10).map { _ in try ShellUnderTest(home: first.home, ownsHome: false) }
      let shells = [first] + others
      for (number, shell) in shells.enumerated() { try shell.enter("\(number) + 100") }
      // What the others have entered since it began is not this one's.
      first.send(Keys.up + Keys.up)
      try first.wait("its own entry") { $0.lines[$0.row] == "plumb> 0 + 100" }
      let path = first.home.appendingPathComponent(".local/state/plumb/history.jsonl").path
      let kept = HistoryFile(path: path).entries()
      #expect(Set(kept) == Set((0..<10).map { "\($0) + 100" }))
    }
  }

  @Test func aQueryStopsWithinATenthOfASecond() throws {
    try Keys.rounds {
      let shell = try ShellUnderTest()
      let started = shell.screen.marks["C"] ?? 0
      shell.send("var i = 0; while true { i = i + 1 }\r")
      try shell.wait("the run") { ($0.marks["C"] ?? 0) > started }
      let start = ContinuousClock.now
      try shell.interrupt()
      // On a busy machine the test itself waits for its turn.
      #expect(ContinuousClock.now - start < .milliseconds(1000))
    }
  }
}
