import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// What is written as Arrow is read back as it was.
@Suite struct ArrowWriterTests {
  private func bytes(
    _ table: Table, isStream: Bool, _ compression: ArrowCompression? = nil
  ) -> [UInt8] {
    var result: [UInt8] = []
    var writer = ArrowWriter<Never>(isStream: isStream, compression: compression) {
      result.append(contentsOf: $0)
    }
    writer.write(table)
    return result
  }

  @Test(arguments: [0, 1, 7, 64, 1000], [false, true])
  func everyTypeComesBack(_ rows: Int, isStream: Bool) throws {
    let table = RoundTripTables.make(rows)
    try expectToComeBack(table, bytes(table, isStream: isStream), isStream: isStream)
  }

  @Test(arguments: ArrowCompression.allCases, [false, true])
  func everyCompressionComesBack(_ compression: ArrowCompression, isStream: Bool) throws {
    let table = RoundTripTables.make(1000)
    let written = bytes(table, isStream: isStream, compression)
    try expectToComeBack(table, written, isStream: isStream)
    let plain = bytes(table, isStream: isStream, ArrowCompression.none)
    #expect((written.count < plain.count) == (compression != .none))
  }

  private func expectToComeBack(_ table: Table, _ bytes: [UInt8], isStream: Bool) throws {
    let folder = try ScratchFolder()
    let path = try folder.write(isStream ? "x.arrows" : "x.arrow", bytes)
    let (read, warnings) = try open(path)
    #expect(read.rowCount == table.rowCount)
    #expect(read.names == table.names)
    #expect(read.types == table.types)
    #expect(warnings.isEmpty)
    for field in table.schema.fields {
      let column = try #require(table[field.name])
      let found = try #require(read[field.name])
      #expect(canonicalLines(found) == canonicalLines(column), "\(field.name)")
    }
  }

  @Test func severalBatchesAndSlicesComeBack() throws {
    let rows = 150_000
    let numbers = Column([Int](0..<rows)).slice(10, rows - 20)
    let lists = Column(
      type: .list(.int), count: rows,
      storage: .list(offsets: Values([Int](0...rows)), elements: Column([Int](0..<rows)))
    ).slice(10, rows - 20)
    let table = Table(
      schema: Schema([Schema.Field("n", .int), Schema.Field("l", .list(.int))]),
      columns: [numbers, lists], rowCount: rows - 20)
    let folder = try ScratchFolder()
    let read = try open(folder.write("x.arrow", bytes(table, isStream: false))).table
    #expect(read.rowCount == rows - 20)
    let n = try #require(read["n"]).integers()
    #expect((0..<read.rowCount).allSatisfy { n[$0] == $0 + 10 })
    #expect(read["l"]?.value(at: 149_979) == .list([.int(149_989)], element: .int))
  }
}
