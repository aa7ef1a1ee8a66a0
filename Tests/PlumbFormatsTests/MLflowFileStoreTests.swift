import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// The bundled file store, by hand and against MLflow's own migration of it to a database.
struct MLflowFileStoreTests {
  @Test(arguments: [false, true])
  func holdsWhatItsMigrationHolds(deleted: Bool) throws {
    let files = try OpenStore(try MLflowFixture.fileStore(), deleted: deleted)
    let database = try OpenStore(
      try MLflowFixture.database("mlruns-small-migrated.db"), deleted: deleted)
    #expect(files.source.warnings.isEmpty)
    for provider in files.source.tables {
      let other = try database.provider(provider.name)
      let fields = provider.schema.fields
      #expect(fields.map(\.name) == other.schema.fields.map(\.name), "\(provider.name)")
      #expect(fields.map(\.type) == other.schema.fields.map(\.type), "\(provider.name)")
      let left = try counted(files, provider.name, fields.map(\.name))
      let right = try counted(database, provider.name, fields.map(\.name))
      for (row, count) in left where right[row] != count {
        Issue.record("\(provider.name): \(count) in files, \(right[row] ?? 0) migrated: \(row)")
      }
      #expect(left.count == right.count, "\(provider.name)")
      #expect(provider.name == "prompts" || provider.name == "prompt_versions" || !left.isEmpty)
    }
  }

  /// How often each row occurs; the two kinds of store have different orders.
  ///
  /// Lists are sorted.
  private func counted(
    _ store: OpenStore, _ table: String, _ columns: [String]
  ) throws -> [[Value]: Int] {
    var counts: [[Value]: Int] = [:]
    for row in try store.rows(table, columns) {
      let row = row.map { value -> Value in
        // A database cannot tell the largest double from infinity.
        if value == .float(.greatestFiniteMagnitude) { return .float(.infinity) }
        guard case .list(let elements, let element) = value else { return value }
        return .list(elements.sorted { ($0.text ?? "") < ($1.text ?? "") }, element: element)
      }
      counts[row, default: 0] += 1
    }
    return counts
  }

  @Test func holdsWhatMLflowFinds() throws {
    let store = try OpenStore(try MLflowFixture.fileStore())
    #expect(try store.rows("experiments", ["name"]).count == 7)
    #expect(try store.rows("runs", ["run_id"]).count == 42)
    #expect(try store.rows("params", ["key"]).count == 142)
    #expect(try store.rows("tags", ["key"]).count == 273)
    #expect(try store.rows("metrics", ["key"]).count == 669)
    let ids = try store.values("experiments", "experiment_id", by: "name")
    #expect(ids["iris legacy (2019 style)"] == .int(197_780_120_732_107_136))
    let best = try store.rows("runs", ["name", "metrics.val_accuracy"])
      .max { ($0[1].double ?? -1) < ($1[1].double ?? -1) }
    #expect(best == [.string("mlp-32-lr0.01-s0"), .float(0.9740740740740741)])

    let everything = try OpenStore(try MLflowFixture.fileStore(), deleted: true)
    #expect(try everything.rows("experiments", ["name"]).count == 8)
    #expect(try everything.rows("runs", ["run_id"]).count == 44)
    #expect(try everything.rows("versions", ["model"]).count == 14)
  }

  @Test func keepsTheStepBesideADataset() throws {
    let store = try OpenStore(try MLflowFixture.fileStore())
    let runs = try store.values("runs", "run_id", by: "name")
    let run = try #require(runs["evaluate-sgd-screening-a"])
    // The line ends in a dataset's name and digest, and MLflow's own reader loses the step.
    let rows = try store.rows(
      "metrics", ["value", "step"],
      [
        ScanCondition(column: "run_id", test: .equal(run)),
        ScanCondition(column: "key", test: .equal("auc")),
      ])
    #expect(rows == [[.float(0.9957651869158879), .int(7)]])
  }

  @Test func readsTheFirstReleasesFiles() throws {
    let root = try MLflowFixture.scratch().appendingPathComponent("mlruns")
    let run = root.appendingPathComponent("3/0123456789abcdef0123456789abcdef")
    try write(
      root, "3/meta.yaml",
      "artifact_location: /x\nexperiment_id: 3\nlifecycle_stage: active\nname: old\n")
    try write(
      run, "meta.yaml",
      "run_uuid: 0123456789abcdef0123456789abcdef\nname: first\nstatus: 3\nsource_name: train.py\n"
        + "user_id: ada\nstart_time: 1500000000000\nend_time: 1500000001000\n")
    // No step, a dataset with a space in its name, and Python's words for odd numbers.
    try write(run, "metrics/loss", "1500000000000 0.5\n1500000000001 nan\n1500000000002 -inf\n")
    try write(run, "metrics/a/b ", "1500000000000 1e-07 3 my data set abc123\n")
    try write(run, "params/lr", "0.1")
    try write(run, "params/note", "two\nlines\n")
    try write(run, "tags/x/y", "")
    let store = try OpenStore(root.path)
    #expect(
      try store.rows(
        "runs",
        [
          "name", "user", "status", "duration", "source_name", "params.lr", "params.note",
          "tags.x/y",
        ])
        == [
          [
            "first", "ada", "FINISHED", .duration(1_000_000), "train.py", .float(0.1),
            "two\nlines\n", "",
          ]
        ])
    let rows = try store.rows("metrics", ["key", "value", "step"])
    #expect(rows[0] == ["a/b ", .float(1e-07), .int(3)])
    #expect(rows[1] == ["loss", .float(0.5), .int(0)])
    #expect(rows[2][1].double?.isNaN == true)
    #expect(rows[3][1] == .float(-.infinity))
  }

  /// MLflow 1 leaves `active` in the description of an experiment that it moves to `.trash`.
  @Test func whatLiesInTheTrashIsDeleted() throws {
    let root = try MLflowFixture.scratch().appendingPathComponent("mlruns")
    for (folder, id) in [("3", 3), (".trash/4", 4)] {
      try write(
        root, "\(folder)/meta.yaml",
        "artifact_location: /x\nexperiment_id: '\(id)'\nlifecycle_stage: active\nname: e\(id)\n")
    }
    let columns = ["name", "lifecycle_stage"]
    #expect(
      try OpenStore(root.path).rows("experiments", columns) == [["e3", "active"]])
    #expect(
      try OpenStore(root.path, deleted: true).rows("experiments", columns)
        == [["e3", "active"], ["e4", "deleted"]])
  }

  @Test func aBrokenFileIsNamedWithItsLine() throws {
    let path = try MLflowFixture.fileStore()
    let metric = try MLflowFixture.run("find '\(path)' -path '*metrics/val/loss' | head -1")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try "1 0.5 0\n2 zero 1\n".write(toFile: metric, atomically: false, encoding: .utf8)
    let store = try OpenStore(path)
    let error = #expect(throws: ImportError.self) { try store.rows("metrics", ["value"]) }
    #expect(error?.location == "\(metric):2")
    #expect(error?.remedy != nil)

    let description = path + "/models/digits-reader/meta.yaml"
    try "name: x\n  bad: [1,\n".write(toFile: description, atomically: false, encoding: .utf8)
    let other = #expect(throws: ImportError.self) { try OpenStore(path) }
    #expect(other?.location?.hasPrefix("\(description):") == true)
    #expect(other?.kind == .corrupt)

    try "".write(toFile: description, atomically: false, encoding: .utf8)
    #expect(throws: ImportError.self) { try OpenStore(path) }
  }

  @Test func aGrowingFileIsReadAsItWas() throws {
    let path = try MLflowFixture.fileStore()
    let store = try OpenStore(path)
    let metric = try MLflowFixture.run("find '\(path)' -path '*metrics/val_accuracy' | head -1")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try MLflowFixture.run("echo '1800000000000 0.99 1000' >> '\(metric)'")
    #expect(try store.rows("metrics", ["key"]).count == 669)
    #expect(try OpenStore(path).rows("metrics", ["key"]).count == 670)
  }

  private func write(_ root: URL, _ name: String, _ text: String) throws {
    let file = root.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: false, encoding: .utf8)
  }
}
