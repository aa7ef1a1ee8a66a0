import Foundation
import PlumbColumnsTesting
import Testing

/// The bundled store with bytes changed: an answer or one error, never a crash, a hang or a trace.
struct DamagedStoreTests {
  private static let questions = [
    "experiments | count; models | count; versions | count; datasets | count",
    "runs | summarize n = count(), m = max(metrics.accuracy) by experiment, status",
    "metrics | summarize n = count(), m = mean(value) by run_id, key | count",
    "params | summarize n = count() by key | count; tags | summarize n = count() by key | count",
    "runs | top 3 by metrics.accuracy per experiment | select name, params.*, tags.*",
  ]

  @Test(.timeLimit(.minutes(30))) func changedBytes() throws {
    let seed = propertySeed()
    var generator = SeededGenerator(seed: seed)
    let original = try [UInt8](Data(contentsOf: URL(fileURLWithPath: Scratch.store)))
    let folder = try Scratch()
    for round in 0..<(Program.isLong ? 1_000 : 40) {
      var bytes = original
      let damage = Self.damage(&bytes, &generator)
      try folder.file("mlflow.db", bytes)
      let question = Self.questions[round % Self.questions.count]
      let ended = try Program.start(["mlflow.db", "-c", question], folder: folder.path)
        .finish(seconds: 60)
      let comment: Comment = "seed \(seed), round \(round): \(damage)\n\(ended.stderr.prefix(500))"
      #expect(!ended.isLate && ended.signal == nil, comment)
      switch ended.exitCode {
      case 0: #expect(ended.errorCount == 0, comment)
      case 3: #expect(ended.errorCount == 1 && ended.stderr.contains("mlflow.db"), comment)
      // A damaged schema may lack a key that the question names.
      case 2: #expect(ended.stderr.contains("error["), comment)
      default: Issue.record(comment)
      }
      #expect(ended.stderr.utf8.count < 20_000, comment)
    }
  }

  /// Changes a store in one of several ways and says how.
  private static func damage(
    _ bytes: inout [UInt8], _ generator: inout SeededGenerator
  ) -> String {
    let pageBytes = 4096
    let pages = bytes.count / pageBytes
    switch Int.random(in: 0..<6, using: &generator) {
    case 0:
      let count = Int.random(in: 1...64, using: &generator)
      for _ in 0..<count {
        bytes[Int.random(in: 100..<bytes.count, using: &generator)] ^=
          1 << UInt8.random(in: 0..<8, using: &generator)
      }
      return "\(count) bits"
    case 1:
      // The headers of pages and their cell pointers, where structure is.
      let count = Int.random(in: 1...40, using: &generator)
      for _ in 0..<count {
        let page = Int.random(in: 1..<pages, using: &generator)
        bytes[page * pageBytes + Int.random(in: 0..<64, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      return "\(count) page headers"
    case 2:
      let page = Int.random(in: 1..<pages, using: &generator)
      for place in 0..<pageBytes { bytes[page * pageBytes + place] = 0 }
      return "page \(page) zero"
    case 3:
      let place = Int.random(in: 0..<100, using: &generator)
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
      return "header byte \(place)"
    case 4:
      let count = Int.random(in: 1..<bytes.count, using: &generator)
      bytes.removeLast(count)
      return "cut by \(count) bytes"
    default:
      // Text that the first page holds: the schema's statements.
      let place = Int.random(in: 100..<(2 * pageBytes), using: &generator)
      for offset in 0..<4 { bytes[place + offset] = UInt8.random(in: 0...255, using: &generator) }
      return "schema at \(place)"
    }
  }

  @Test func aRevisionThatNobodyKnows() throws {
    let folder = try Scratch()
    let path = try folder.file(
      "mlflow.db", Data(contentsOf: URL(fileURLWithPath: Scratch.store)))
    try SQLite.execute(path, "UPDATE alembic_version SET version_num = 'ffffffffffff'")
    let ended = try Program.run(path, "-c", "runs | count", "-f", "csv")
    #expect(ended.exitCode == 0 && ended.stdout == "count\n162\n")
    #expect(ended.stderr.hasPrefix("warning: ") && ended.stderr.contains("`ffffffffffff`"))
    // Quiet: results and errors only.
    expectOutput(try Program.run(path, "-c", "runs | count", "-fcsv", "--quiet"), "count\n162\n")
  }

  @Test func aStoreThatLacksWhatIsNeeded() throws {
    let folder = try Scratch()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Scratch.store))
    for (statement, phrase) in [
      ("DROP TABLE experiments", "no table `experiments`"),
      ("DROP TABLE metrics", "metrics"),
    ] {
      let path = try folder.file("mlflow.db", bytes)
      try SQLite.execute(path, statement)
      expectError(try Program.run(path, "-c", "metrics | count; runs | take 1"), 3, phrase)
    }
  }

  /// Another process holds the store for itself: told soon, and never waited for without end.
  @Test func aLockedStore() throws {
    let folder = try Scratch()
    let path = try folder.file(
      "mlflow.db", Data(contentsOf: URL(fileURLWithPath: Scratch.store)))
    let lock = try SQLite(path)
    try lock.execute("BEGIN EXCLUSIVE")
    let ended = try Program.start([path, "-c", "runs | count"]).finish(seconds: 60)
    expectError(ended, 3, "`\(path)` is locked by another process", "try again")
    // Waiting for it can be interrupted.
    let program = try Program.start([path, "-c", "runs | count"])
    usleep(1_000_000)
    program.send(SIGINT)
    #expect(program.finish(seconds: 60).exitCode == 130)
    try lock.execute("COMMIT")
    #expect(try Program.run(path, "-c", "runs | count").exitCode == 0)
  }
}
