import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// A store that was saved opens as it was, and a damaged one is an error.
@Suite struct SnapshotTests {
  private func bytes(_ tables: [(String, any TableProvider)]) throws -> [UInt8] {
    var result: [UInt8] = []
    var writer = SnapshotWriter<Never> { result.append(contentsOf: $0) }
    writer.begin()
    for (name, provider) in tables {
      let fields = provider.schema.fields
      let names = fields.map(\.name) + fields.filter(\.isInferred).map(\.storedTextName)
      let table = try provider.scan(ScanRequest(columns: names), control: RunControl())
      writer.add(provider, as: name, table)
    }
    writer.finish()
    return result
  }

  @Test(arguments: [0, 1, 64, 1000])
  func everyTypeComesBack(_ rows: Int) throws {
    let table = RoundTripTables.make(rows)
    let folder = try ScratchFolder()
    let provider = MemoryTable(name: "t", table: table, summary: "What a row is.")
    let path = try folder.write("x.plumbstore", bytes([("t", provider), ("again.t", provider)]))
    let source = try ImporterCatalog.builtin.open(OpenRequest(path: path))
    #expect(source.tables.map(\.name) == ["t", "again.t"])
    for found in source.tables {
      #expect(found.summary == "What a row is.")
      #expect(found.knownRowCount == rows)
      let read = try found.scan(
        ScanRequest(columns: table.names), control: RunControl(threadCount: 2))
      #expect(read.rowCount == rows)
      #expect(read.types == table.types)
      for field in table.schema.fields {
        let column = try #require(table[field.name])
        #expect(canonicalLines(try #require(read[field.name])) == canonicalLines(column))
      }
    }
  }

  @Test func aStoreOfRunsKeepsItsFamiliesAndTheTextsOfInferredColumns() throws {
    let schema = Schema(
      [
        Schema.Field("id", .int),
        Schema.Field("params.lr", .float, family: "params", isInferred: true),
      ], families: [Schema.Family("params", missingType: .string)])
    let provider = InferredTable(schema)
    let folder = try ScratchFolder()
    let path = try folder.write("x.plumbstore", bytes([("runs", provider)]))
    let found = try #require(
      try ImporterCatalog.builtin.open(OpenRequest(path: path)).tables.first)
    let field = try #require(found.schema["params.lr"])
    #expect(field.isInferred && field.family == "params")
    #expect(found.schema.family("params")?.missingType == .string)
    #expect(found.columnSummaries == ["id": "The number."])
    let read = try found.scan(
      ScanRequest(columns: ["params.lr", field.storedTextName]), control: RunControl())
    #expect(read.columns[0].values == [.float(0.001), .float(10)])
    #expect(read.columns[1].values == [.string("1e-3"), .string("10")])
  }

  @Test func damageIsFound() throws {
    let folder = try ScratchFolder()
    let made = RoundTripTables.make(200)
    let original = try bytes([("t", MemoryTable(name: "t", table: made))])
    let wanted = Dictionary(
      uniqueKeysWithValues: zip(made.names, made.columns.map(canonicalLines)))
    for seed in 0..<600 {
      var corruption = Corruption(seed: seed)
      let damaged = corruption.damaged(original)
      let path = try folder.write("x.plumbstore", damaged)
      do {
        let table = try loadAll(path, control: RunControl(memoryLimitBytes: 512 << 20))
        // What lies between blocks, and what was not changed, means nothing.
        #expect(table.rowCount == 200)
        for field in RoundTripTables.schema.fields {
          #expect(table[field.name].map(canonicalLines) == wanted[field.name], "seed \(seed)")
        }
      } catch let error as ImportError {
        #expect(error.kind != .memoryLimit, "seed \(seed)")
      }
    }
  }

  @Test func anotherVersionIsNamed() throws {
    let folder = try ScratchFolder()
    var damaged = try bytes([("t", MemoryTable(name: "t", table: RoundTripTables.make(3)))])
    damaged[10] = 9
    let path = try folder.write("x.plumbstore", damaged)
    let error = failure { _ = try open(path) }
    #expect(error?.message.contains("version 9") == true)
  }
}

/// Two rows whose parameter reads as a float and was stored as text.
private final class InferredTable: TableProvider {
  let name = "runs"
  let schema: Schema
  let summary = "A row for each run."
  let columnSummaries = ["id": "The number."]
  let knownRowCount: Int? = 2

  init(_ schema: Schema) { self.schema = schema }

  func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    let columns: [Column] = request.columns.map { name in
      switch name {
      case "id": Column([1, 2])
      case "params.lr": Column([0.001, 10])
      default: Column(["1e-3", "10"])
      }
    }
    return Table(
      schema: Schema(request.columns.compactMap { schema.scannedField($0) }), columns: columns,
      rowCount: 2)
  }
}
