import Foundation
import Testing

@testable import PlumbShell

@Suite struct HistoryTests {
  @Test func neighboursAreKeptOnce() {
    #expect(History(["a", "a", "b", "a"]).entries == ["a", "b", "a"])
  }

  @Test func theNewestEntryIsSuggested() {
    let history = History(["runs | take 5", "runs | count", "models"])
    #expect(history.suggestion(for: "runs |") == "runs | count")
    #expect(history.suggestion(for: "models") == nil)
    #expect(history.suggestion(for: "") == nil)
  }

  @Test func recallKeepsToWhatWasTyped() {
    let history = History(["runs 1", "models", "runs 2", "runs 1"])
    #expect(history.previous(before: 4, prefix: "runs", unlike: "runs") == 3)
    #expect(history.previous(before: 3, prefix: "runs", unlike: "runs 1") == 2)
    #expect(history.previous(before: 2, prefix: "runs", unlike: "runs 2") == 0)
    #expect(history.previous(before: 0, prefix: "runs", unlike: "runs 1") == nil)
    #expect(history.next(after: 0, prefix: "runs", unlike: "runs 1") == 2)
    #expect(history.next(after: 3, prefix: "", unlike: "") == nil)
  }

  @Test func searchGoesOnWithEachLetter() {
    let history = History(["runs | count", "Models", "runs | take 5", "metrics"])
    var search = HistorySearch(original: "x")
    search.type("ru", in: history)
    #expect(search.position == 2)
    search.type("ns", in: history)
    #expect(search.position == 2)
    search.older(in: history)
    #expect(search.position == 0)
    search.older(in: history)
    #expect(search.position == 0 && search.hasFailed)
    search.newer(in: history)
    #expect(search.position == 2 && !search.hasFailed)
    search.deleteBackward(in: history)
    search.deleteBackward(in: history)
    search.deleteBackward(in: history)
    search.deleteBackward(in: history)
    #expect(search.position == nil && search.pattern == "")
    search.type("m", in: history)
    #expect(search.position == 3)
    search.older(in: history)
    #expect(search.position == 1)
  }

  @Test func aCapitalInThePatternMinds() {
    let history = History(["Models", "models"])
    var search = HistorySearch(original: "")
    search.type("M", in: history)
    #expect(search.position == 0)
    #expect(search.match(in: "Models") == 0..<1)
  }
}

@Suite struct HistoryFileTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "plumb-history-\(UUID())")

  private var path: String { folder.appendingPathComponent("deep/history.jsonl").path }

  @Test func entriesComeBackWhole() {
    let file = HistoryFile(path: path)
    let entries = ["runs |\n  take 5", "\"quotes\" \\ ü 漢 👨‍👩‍👧", "tab\there"]
    for entry in entries { file.append(entry) }
    #expect(HistoryFile(path: path).entries() == entries)
  }

  @Test func theFileIsPrivate() throws {
    HistoryFile(path: path).append("x")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let parent = try FileManager.default.attributesOfItem(
      atPath: folder.appendingPathComponent("deep").path)
    #expect(parent[.posixPermissions] as? Int == 0o700)
  }

  @Test func damageIsPassedOver() throws {
    let file = HistoryFile(path: path)
    file.append("a")
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"time\": 1, \"entry\": \"cut".utf8))
    try handle.close()
    file.append("b")
    #expect(file.entries() == ["a", "b"])
  }

  @Test func manyShellsWriteAtOnce() async {
    let path = path
    await withTaskGroup(of: Void.self) { group in
      for shell in 0..<10 {
        group.addTask {
          let file = HistoryFile(path: path)
          for entry in 0..<50 { file.append("shell \(shell) entry \(entry)") }
        }
      }
    }
    let entries = HistoryFile(path: path).entries()
    #expect(entries.count == 500)
    #expect(Set(entries).count == 500)
  }

  @Test func aLargeFileIsCutToItsNewestEntries() {
    let file = HistoryFile(path: path)
    let long = String(repeating: "x", count: 100_000)
    for number in 0..<60 { file.append("\(number) \(long)") }
    let entries = file.entries()
    #expect(entries.count < 60)
    #expect(entries.last?.hasPrefix("59 ") == true)
    #expect(
      entries == entries.sorted { Int($0.prefix { $0 != " " })! < Int($1.prefix { $0 != " " })! })
  }

  @Test func whereItIsKept() {
    #expect(HistoryFile(environment: ["PLUMB_HISTORY": "/a/b"])?.path == "/a/b")
    #expect(HistoryFile(environment: ["PLUMB_HISTORY": "", "HOME": "/h"]) == nil)
    #expect(
      HistoryFile(environment: ["HOME": "/h"])?.path == "/h/.local/state/plumb/history.jsonl")
    #expect(
      HistoryFile(environment: ["HOME": "/h", "XDG_STATE_HOME": "/s"])?.path
        == "/s/plumb/history.jsonl")
    #expect(HistoryFile(environment: [:]) == nil)
  }
}
