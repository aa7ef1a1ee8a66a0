import Foundation
import Testing

/// A parameter whose type was inferred meets a string as the text that the store has, wherever its
/// column has come since.
@Suite struct StoredTextTests {
  /// A store in which 1e-05 is written as 1e-5, as no program here would write it.
  private static func store(_ folder: borrowing Scratch, _ name: String, _ change: String) throws {
    let path = try folder.file(name, Data(contentsOf: URL(fileURLWithPath: Scratch.store)))
    try SQLite.execute(path, change)
  }

  private static let isWritten = #"where params.alpha == "1e-5" | count"#

  private static let shorter = "UPDATE params SET value = '1e-5' WHERE value = '1e-05'"

  private static func counts(_ program: String, folder: borrowing Scratch) throws -> [Int] {
    let ended = try Program.run("a.db", "-c", program, "-f", "csv", folder: folder.path)
    #expect(ended.exitCode == 0, "\(program): \(ended.stderr)")
    return ended.stdout.split(separator: "\n").compactMap { Int($0) }
  }

  @Test(arguments: [
    ("runs | \(isWritten)", 1),
    ("let r = runs\nr | \(isWritten)", 1),
    ("let r = runs\nlet s = r | where run_id != null\ns | \(isWritten)", 1),
    ("let r = runs | select run_id, a = params.alpha\nr | where a == \"1e-5\" | count", 1),
    (
      "def all(t: table) {\n  let kept = t | sort run_id\n  return kept\n}\nall(runs) | \(isWritten)",
      1
    ),
    ("runs | join experiments on experiment == name | \(isWritten)", 1),
    ("experiments | join runs on name == experiment | \(isWritten)", 1),
    (
      "runs | lookup (runs | select run_id, other = params.alpha) on run_id "
        + "| where other == \"1e-5\" | count", 1
    ),
    ("runs | window n = row_number() by experiment sort start_time | \(isWritten)", 1),
    ("runs | derive xs = [1, 2] | explode xs | \(isWritten)", 2),
    ("runs | union runs | \(isWritten)", 2),
    ("let r = runs | union runs\nr | \(isWritten)", 2),
    ("runs | union (runs | select run_id) | \(isWritten)", 1),
    ("runs | pareto max(duration) | \(isWritten)", 0),
    ("runs | distinct run_id, params.alpha | \(isWritten)", 1),
    ("runs | unpivot start_time, end_time into k, v | \(isWritten)", 2),
    (
      "runs | summarize n = count() by a = params.alpha | where a == \"1e-5\" | summarize sum(n)",
      1
    ),
    ("let g = runs | distinct params.alpha\nruns | join semi g on params.alpha | \(isWritten)", 1),
  ])
  func isKept(_ program: String, times: Int) throws {
    let folder = try Scratch()
    try Self.store(folder, "a.db", Self.shorter)
    let one = try #require(try Self.counts("runs | \(Self.isWritten)", folder: folder).first)
    #expect(one > 0)
    let found = try #require(try Self.counts(program, folder: folder).last)
    #expect(times == 0 ? found <= one : found == one * times, "\(program): \(found), not \(one)")
  }

  /// A parameter that is a number in one store and a word in another is a text in both.
  @Test func unionOfDifferentTypes() throws {
    let folder = try Scratch()
    try Self.store(folder, "a.db", Self.shorter)
    try Self.store(folder, "b.db", "UPDATE params SET value = 'auto' WHERE value = '1e-05'")
    let program = """
      open "b.db" as b
      let both = runs | union b.runs
      both | where params.alpha == "1e-5" | count
      both | where params.alpha == "auto" | count
      """
    let found = try Self.counts(program, folder: folder)
    #expect(found.count == 2 && found[0] > 0 && found[0] == found[1], "\(found)")
  }
}
