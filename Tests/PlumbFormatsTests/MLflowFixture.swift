import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// The MLflow stores under `Tests/Fixtures/mlflow`, unpacked for a test into a folder of its own.
struct MLflowFixture {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/mlflow")

  /// The folder of all that the tests of this process write, removed when it ends.
  private static let processFolder: URL = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-mlflow-\(getpid())")
    atexit { try? FileManager.default.removeItem(at: MLflowFixture.processFolder) }
    return folder
  }()

  /// A new folder that lasts as long as the process.
  static func scratch() throws -> URL {
    let folder = processFolder.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A copy of a database that is kept compressed, such as `mlflow-ml.db`.
  static func database(_ name: String = "mlflow-ml.db") throws -> String {
    let target = try scratch().appendingPathComponent((name as NSString).lastPathComponent)
    let packed = folder.appendingPathComponent(name + ".gz").path
    try run("gzip -dc '\(packed)' > '\(target.path)'")
    return target.path
  }

  /// The file store `mlruns`.
  static func fileStore() throws -> String {
    let target = try scratch()
    let packed = folder.appendingPathComponent("mlruns-small.tar.gz").path
    try run("tar -xzf '\(packed)' -C '\(target.path)'")
    return target.appendingPathComponent("mlruns").path
  }

  /// Runs a shell command that must succeed and gives its output.
  @discardableResult
  static func run(_ command: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(command)")
    return String(decoding: data, as: UTF8.self)
  }

  /// The numbers among the answers in which every digit counts; `JSONSerialization` rounds.
  struct ExpectedNumbers: Decodable {
    let bestStep: [String: [String: Double]]

    enum CodingKeys: String, CodingKey { case bestStep = "best_step diabetes test_rmse" }
  }

  static func expectedNumbers() throws -> ExpectedNumbers {
    let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
    return try JSONDecoder().decode(ExpectedNumbers.self, from: data)
  }

  /// The answers that MLflow's own client gave on `mlflow-ml.db`.
  static func expected() throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

/// An opened store, for questions in a test.
struct OpenStore {
  let source: any DataSource

  init(_ path: String, deleted: Bool = false, threads: Int = 1) throws {
    source = try ImporterCatalog.builtin.open(
      OpenRequest(
        path: path, options: deleted ? ["deleted": .bool(true)] : [:],
        control: RunControl(threadCount: threads)))
  }

  func provider(_ name: String) throws -> any TableProvider {
    try #require(source.tables.first { $0.name == name }, "no table \(name)")
  }

  func scan(
    _ table: String, _ columns: [String], _ conditions: [ScanCondition] = [], threads: Int = 1
  ) throws -> Table {
    try provider(table).scan(
      ScanRequest(columns: columns, conditions: conditions),
      control: RunControl(threadCount: threads))
  }

  /// The rows of a table as values.
  func rows(
    _ table: String, _ columns: [String], _ conditions: [ScanCondition] = []
  ) throws -> [[Value]] {
    let table = try scan(table, columns, conditions)
    return (0..<table.rowCount).map { table.row($0) }
  }

  /// A column of one table by the values of another, which must be unique.
  func values(_ table: String, _ column: String, by key: String) throws -> [Value: Value] {
    var values: [Value: Value] = [:]
    for row in try rows(table, [key, column]) { values[row[0]] = row[1] }
    return values
  }
}

extension Value {
  var double: Double? {
    switch self {
    case .float(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }
  var integer: Int? { if case .int(let value) = self { value } else { nil } }
}

extension Value: ExpressibleByStringLiteral {
  /// A text, so that expectations read well.
  public init(stringLiteral text: String) { self = .string(text) }
}
