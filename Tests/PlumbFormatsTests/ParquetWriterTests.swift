import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// What is written as Parquet is read back as it was.
@Suite struct ParquetWriterTests {
  private func bytes(_ table: Table, threads: Int = 1) -> [UInt8] {
    var result: [UInt8] = []
    var writer = ParquetWriter<Never>(threadCount: threads) { result.append(contentsOf: $0) }
    writer.write(table)
    return result
  }

  /// Durations are stored as their microseconds.
  private func stored(_ column: Column) -> [String] {
    canonicalLines(column.type == .duration ? column.reinterpreted(as: .int) : column)
  }

  @Test(arguments: [0, 1, 7, 64, 1000])
  func everyTypeComesBack(_ rows: Int) throws {
    let table = RoundTripTables.make(rows)
    let folder = try ScratchFolder()
    let path = try folder.write("x.parquet", bytes(table))
    let (read, warnings) = try open(path)
    #expect(read.rowCount == rows)
    #expect(read.names == table.names)
    #expect(warnings.isEmpty)
    for field in table.schema.fields {
      let column = try #require(table[field.name])
      let found = try #require(read[field.name])
      #expect(stored(found) == stored(column), "\(field.name)")
      #expect(found.type == (field.type == .duration ? .int : field.type), "\(field.name)")
    }
  }

  @Test func threadsWriteTheSameBytes() {
    let table = RoundTripTables.make(500)
    #expect(bytes(table) == bytes(table, threads: 4))
  }

  @Test func manyRowsAreSeveralRowGroupsAndPages() throws {
    let rows = 2_200_000
    let ints = Column(
      type: .int, count: rows, storage: .narrowed(Values([Int](0..<rows).map { $0 % 100_000 })))
    let texts = Column(
      type: .string, count: rows,
      storage: .text(
        Values([UInt32]((0..<rows).map { UInt32($0 / 1000 % 300) })),
        TextDictionary((0..<300).map { "key-\($0)" }, isUnique: true)))
    let table = Table(
      schema: Schema([Schema.Field("n", .int), Schema.Field("k", .string)]),
      columns: [ints, texts], rowCount: rows)
    let folder = try ScratchFolder()
    let path = try folder.write("x.parquet", bytes(table, threads: 2))
    let read = try open(path, threads: 2).table
    #expect(read.rowCount == rows)
    let (n, k) = (try #require(read["n"]).integers(), try #require(read["k"]).codes())
    var wrong = 0
    for row in 0..<rows {
      if n[row] != row % 100_000 { wrong += 1 }
      if k.dictionary[Int(k.codes[row])] != "key-\(row / 1000 % 300)" { wrong += 1 }
      if wrong > 0 { break }
    }
    #expect(wrong == 0)
  }

  @Test func statisticsLetGroupsBeSkipped() throws {
    let rows = 1 << 21
    let table = Table(
      schema: Schema([Schema.Field("n", .int)]),
      columns: [Column([Int](0..<rows))], rowCount: rows)
    let folder = try ScratchFolder()
    let path = try folder.write("x.parquet", bytes(table))
    let condition = ScanCondition(column: "n", test: .less(.int(10)))
    #expect(try loadAll(path, conditions: [condition]).rowCount == 1 << 20)
  }
}
