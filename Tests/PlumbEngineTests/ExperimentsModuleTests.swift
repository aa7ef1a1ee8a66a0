import Foundation
import PlumbEngine
import Testing

/// The module `experiments` on the bundled store, against answers that SQL and SciPy gave: see
/// `Tests/Fixtures/experiments/make_expected.py`.
@Suite struct ExperimentsModuleTests {
  /// A program and the rows that it must give, column by column.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let program: String
    let columns: [String: [Cell]]

    var testDescription: String { program.split(separator: "\n").last.map(String.init) ?? "" }
  }

  enum Cell: Decodable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    /// Whether a value of a result is this one, floats within rounding.
    func matches(_ value: ResultValue) -> Bool {
      switch (self, value) {
      case (.null, .null): true
      case (.bool(let expected), .bool(let found)): expected == found
      case (.text(let expected), .string(let found)): expected == found
      case (.number(let expected), .integer(let found)): expected == Double(found)
      case (.number(let expected), .timestamp(let found)): expected == Double(found)
      case (.number(let expected), .double(let found)):
        expected == found || expected.isNaN && found.isNaN
          || abs(expected - found) <= 1e-9 * max(1, abs(expected))
      default: false
      }
    }
  }

  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let fixtures = repository.appendingPathComponent("Tests/Fixtures")

  static let cases: [Case] = {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let file = fixtures.appendingPathComponent("experiments/expected.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? decoder.decode([Case].self, from: data)) ?? []
  }()

  /// The bundled store, unpacked once.
  static let store: Result<String, any Error> = Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumb-experiments-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let store = folder.appendingPathComponent("mlflow-ml.db").path
    let packed = fixtures.appendingPathComponent("mlflow/mlflow-ml.db.gz").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -dc '\(packed)' > '\(store)'"]
    try process.run()
    process.waitUntilExit()
    return store
  }

  @Test func theExpectedAnswersAreRead() { #expect(Self.cases.count == 18) }

  @Test(arguments: cases) func answers(_ expected: Case) throws {
    let session = Session()
    try session.open(try Self.store.get())
    let table = try #require(try session.run(expected.program).last?.table)
    for (name, cells) in expected.columns {
      let values = try table.values(name)
      #expect(values.count == cells.count, "\(name)")
      for (row, (cell, value)) in zip(cells, values).enumerated() where !cell.matches(value) {
        Issue.record("row \(row) of `\(name)`: \(value), and \(cell) is expected")
      }
    }
  }
}

/// The scripts of `stdlib/examples` run as they stand.
@Suite struct LibraryExampleTests {
  @Test func explore() throws {
    let script = ExperimentsModuleTests.repository
      .appendingPathComponent("stdlib/examples/explore.plumb")
    let session = Session()
    try session.open(try ExperimentsModuleTests.store.get())
    let results = try session.run(try String(contentsOf: script, encoding: .utf8))
    let tables = results.compactMap(\.table)
    #expect(tables.count == 15)
    #expect(tables.allSatisfy { $0.rowCount > 0 })
  }
}
