import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Log directories that tensorboard and tensorboardX wrote must give what TensorBoard reads.
@Suite struct TensorBoardTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/tensorboard")
  static let logs = folder.appending(path: "logs").path

  /// A point of a series.
  private struct Point: Equatable {
    let step: Int
    let time: Int
    let value: Double

    static func == (a: Point, b: Point) -> Bool {
      a.step == b.step && a.time == b.time
        && (a.value == b.value || (a.value.isNaN && b.value.isNaN))
    }
  }

  private func expected() throws -> [String: [String: [Point]]] {
    let data = try Data(contentsOf: Self.folder.appending(path: "expected.json"))
    let runs = try JSONDecoder().decode([String: [String: [[String]]]].self, from: data)
    return try runs.mapValues { tags in
      try tags.mapValues { points in
        try points.map { point in
          Point(
            step: try #require(Int(point[0])), time: try #require(Int(point[1])),
            value: try #require(Double(point[2])))
        }
      }
    }
  }

  private func found(_ store: OpenStore) throws -> [String: [String: [Point]]] {
    var found: [String: [String: [Point]]] = [:]
    for row in try store.rows("metrics", ["run_id", "key", "value", "step", "timestamp"]) {
      guard case .timestamp(let time) = row[4] else { continue }
      found[row[0].text ?? "", default: [:]][row[1].text ?? "", default: []].append(
        Point(step: row[3].integer ?? 0, time: time, value: row[2].double ?? 0))
    }
    return found
  }

  @Test(arguments: [1, 2])
  func theHistoryIsWhatTensorBoardReads(threads: Int) throws {
    let store = try OpenStore(Self.logs, threads: threads)
    #expect(store.source.format == "tensorboard" && store.source.warnings.isEmpty)
    #expect(
      store.source.tables.map(\.name) == ["experiments", "runs", "metrics", "params", "tags"])
    let (found, expected) = (try found(store), try expected())
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (run, tags) in expected {
      #expect(found[run]?.keys.sorted() == tags.keys.sorted(), "\(run)")
      for (tag, points) in tags { #expect(found[run]?[tag] == points, "\(run) \(tag)") }
    }
  }

  @Test func aFolderIsARunWithItsParametersAndLastValues() throws {
    let store = try OpenStore(Self.logs)
    let names = ["run_id", "experiment", "status", "params.lr", "params.batch", "params.optimizer"]
    let rows = try store.rows("runs", names)
    #expect(rows.map { $0[0] } == [".", "sweep-1", "tensors", "train", "train/eval"])
    #expect(rows.allSatisfy { $0[1] == "logs" })
    #expect(rows[1][3...] == [.float(0.01), .int(32), "adam"])
    #expect(rows[0][3...] == [.null, .null, .null])
    let nesterov = try store.values("runs", "params.nesterov", by: "run_id")
    #expect(nesterov["sweep-1"] == .bool(true))
    let loss = try store.rows("runs", ["metrics.train/loss", "metrics_min.train/loss"])[3]
    #expect(abs((loss[0].double ?? 0) - 2.0 / 60) < 1e-8)
    #expect(abs((loss[1].double ?? 0) - 1.0 / 45) < 1e-8)
    let start = try store.values("runs", "start_time", by: "run_id")
    #expect(start["train/eval"] != .null)
  }

  @Test func aSingleFileIsARun() throws {
    let path = Self.logs + "/train/eval/events.out.tfevents.1700000000.fixture"
    let store = try OpenStore(path)
    #expect(try store.rows("runs", ["run_id", "metrics.auc"]).map { $0[0] } == ["."])
    #expect(try store.rows("metrics", ["key"]).count == 5)
  }

  private func copied() throws -> (folder: ScratchFolder, file: String, bytes: [UInt8]) {
    let source = URL(filePath: Self.logs)
      .appending(path: "tensors/events.out.tfevents.1700000000.fixture")
    let bytes = [UInt8](try Data(contentsOf: source))
    let folder = try ScratchFolder()
    let file = try folder.write("events.out.tfevents.1.here", bytes)
    return (folder, file, bytes)
  }

  @Test func aRecordThatIsCutOffIsLeftOutWithANote() throws {
    let (folder, file, bytes) = try copied()
    let whole = try OpenStore(folder.path).rows("metrics", ["value"]).count
    for cut in [1, 4, 11, 30] {
      try Data(bytes.dropLast(cut)).write(to: URL(filePath: file))
      let store = try OpenStore(folder.path)
      #expect(store.source.warnings.count == 1)
      #expect(store.source.warnings.first?.contains("ends within a record") == true)
      #expect(try store.rows("metrics", ["value"]).count <= whole)
    }
    // Zero bytes, and less than a record's head, are a file that is being begun.
    for size in [0, 5] {
      try Data(bytes.prefix(size)).write(to: URL(filePath: file))
      #expect(try OpenStore(folder.path).rows("metrics", ["value"]).isEmpty)
    }
  }

  @Test func aChangedByteIsFound() throws {
    let (folder, file, bytes) = try copied()
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var damaged = bytes
      damaged[place] ^= 0x10
      try Data(damaged).write(to: URL(filePath: file))
      let error = failure { _ = try OpenStore(folder.path) }
      #expect(error?.kind == .corrupt && error?.message.contains("checksum") == true, "\(place)")
      #expect(error?.message.contains("at byte") == true)
    }
  }

  @Test func otherOptionsAreMistakes() {
    let error = failure {
      _ = try ImporterCatalog.builtin.open(
        OpenRequest(path: Self.logs, options: ["deleted": .bool(true)]))
    }
    #expect(error?.message.contains("no option `deleted`") == true)
  }

  @Test func aFolderOfDataFilesStaysOne() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("a.csv", "x\n1\n")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/logs", withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: Self.logs + "/train/eval/events.out.tfevents.1700000000.fixture",
      toPath: folder.path + "/logs/events.out.tfevents.1")
    let source = try ImporterCatalog.builtin.open(OpenRequest(path: folder.path))
    #expect(source.format == "csv")
  }
}
