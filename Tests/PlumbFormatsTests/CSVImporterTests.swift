import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// A folder for the files of one test.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "plumb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }
}

func open(
  _ path: String, options: [String: Value] = [:], types: [String: DataType] = [:],
  threads: Int = 1
) throws -> (table: Table, warnings: [String]) {
  let control = RunControl(threadCount: threads)
  let source = try ImporterCatalog.builtin.open(
    OpenRequest(path: path, options: options, types: types, control: control))
  let provider = try #require(source.tables.first)
  let table = try provider.scan(
    ScanRequest(columns: provider.schema.fields.map(\.name)), control: control)
  return (table, source.warnings)
}

func csv(
  _ text: String, options: [String: Value] = [:], types: [String: DataType] = [:],
  name: String = "data.csv"
) throws -> Table {
  let folder = try ScratchFolder()
  return try open(folder.write(name, text), options: options, types: types).table
}

func failure(_ body: () throws -> Void) -> ImportError? {
  #expect(throws: ImportError.self) { try body() }
}

extension Table {
  var types: [DataType] { schema.fields.map(\.type) }
  var names: [String] { schema.fields.map(\.name) }
  func values(_ column: String) -> [Value]? { self[column]?.values }
}

@Suite struct CSVImporterTests {
  @Test func typesAreInferredFromAllCells() throws {
    let table = try csv(
      """
      i,f,b,t,s,n,big,code,mixed
      1,0.5,true,2026-11-23,a,,18446744073709551615,007,1
      -2,nan,False,2026-11-23T10:30:00Z,b,,1,12,x
      ,-inf,,,,,,,

      """)
    #expect(
      table.types == [
        .int, .float, .bool, .timestamp, .string, .string, .float, .string, .string,
      ])
    #expect(table.values("i") == [.int(1), .int(-2), .null])
    #expect(table.values("f") == [.float(0.5), .float(.nan), .float(-.infinity)])
    #expect(table.values("b") == [.bool(true), .bool(false), .null])
    #expect(table.values("s") == [.string("a"), .string("b"), .null])
    #expect(table.values("n") == [.null, .null, .null])
    #expect(table.values("big") == [.float(18446744073709551616), .float(1), .null])
    #expect(table.values("code") == [.string("007"), .string("12"), .null])
    #expect(table.values("mixed") == [.string("1"), .string("x"), .null])
  }

  /// A cell far behind the sample changes the type of the whole column.
  @Test(arguments: [
    ("1", "0.5", DataType.float), ("1", "x", .string), ("1", "007", .string),
    ("0.5", "x", .string), ("", "1", .int), ("", "x", .string), ("true", "1", .string),
    ("2026-01-01", "soon", .string), ("1", "", .int), ("1", "9223372036854775808", .float),
    ("0.5", "1", .float), ("1", "123456789012345678901", .string), ("1", " 2 ", .int),
    ("0.5", "+5", .string), ("1", "2026-01-01", .string), ("true", "nan", .string),
  ])
  func theTypeDoesNotDependOnTheSample(
    _ common: String, _ last: String, _ type: DataType
  ) throws {
    let rows = 3000
    let text = "k,x\n" + String(repeating: "1,\(common)\n", count: rows) + "1,\(last)\n"
    let table = try csv(text)
    #expect(table.types == [.int, type])
    #expect(table.rowCount == rows + 1)
    let turned = try csv("k,x\n1,\(last)\n" + String(repeating: "1,\(common)\n", count: rows))
    #expect(turned.types == [.int, type])
    #expect(Array(turned.values("x")?.reversed() ?? []) == table.values("x"))
  }

  @Test func quotesDelimitersAndLinesFollowTheStandard() throws {
    let table = try csv("a,b\r\n\"x,\"\"y\"\"\r\nz\",2\r\n\"\",3\r\n,4")
    #expect(table.values("a") == [.string("x,\"y\"\r\nz"), .string(""), .null])
    #expect(table.values("b") == [.int(2), .int(3), .int(4)])
  }

  @Test func blankLinesAreNoRecords() throws {
    let table = try csv("\n\na,b\n\n1,2\n\n\n3,4\n\n")
    #expect(table.values("a") == [.int(1), .int(3)])
    let single = try csv("a\n1\n\n2\n")
    #expect(single.values("a") == [.int(1), .null, .int(2)])
  }

  @Test(arguments: [
    ("a;b\n1,5;2\n3,5;4\n", ["a", "b"]), ("a\tb,c\n1\t2\n", ["a", "b,c"]),
    ("a|b\nx,y|z\n", ["a", "b"]),
    ("a\n1\n", ["a"]), ("a,b;c\n1,2\n3,4\n", ["a", "b;c"]),
    ("\"a;b\",c\n\"1;2\",3\n", ["a;b", "c"]),
  ])
  func theDelimiterIsFound(_ text: String, _ names: [String]) throws {
    #expect(try csv(text).names == names)
  }

  @Test func theDelimiterCanBeGiven() throws {
    let table = try csv("a:b\n1:2\n", options: ["delimiter": .string(":")])
    #expect(table.values("b") == [.int(2)])
  }

  @Test func headersAreFoundOrGiven() throws {
    #expect(try csv("x,y\na,b\n").names == ["x", "y"])
    #expect(try csv("id,2020,2021\na,1,2\n", options: ["header": .bool(true)]).names.count == 3)
    let folder = try ScratchFolder()
    let (table, warnings) = try open(folder.write("n.csv", "1,2\n3,4\n"))
    #expect(table.names == ["column_1", "column_2"])
    #expect(table.rowCount == 2)
    #expect(warnings.count == 1)
    let forced = try csv("x,y\na,b\n", options: ["header": .bool(false)])
    #expect(forced.rowCount == 2)
    #expect(forced.names == ["column_1", "column_2"])
    #expect(try csv("a,b\n").rowCount == 0)
    #expect(try csv("a,b").names == ["a", "b"])
  }

  @Test func namesAreMadeDifferent() throws {
    let folder = try ScratchFolder()
    let (table, warnings) = try open(folder.write("d.csv", "a,,a,a_2, b \n1,2,3,4,5\n"))
    #expect(table.names == ["a", "column_2", "a_3", "a_2", "b"])
    #expect(warnings.count == 2)
  }

  @Test func raggedRowsAreAnErrorWithTheirLine() throws {
    let short = failure { _ = try csv("a,b\n1,2\n\"x\ny\",3\n4\n5,6\n") }
    #expect(short?.message == "line 5 has 1 cell, not 2")
    #expect(short?.location?.hasSuffix("data.csv:5") == true)
    #expect(short?.remedy?.contains("ragged = \"pad\"") == true)
    let long = failure { _ = try csv("a,b\n1,2,3\n") }
    #expect(long?.message == "line 2 has 3 cells, not 2")
  }

  @Test func raggedRowsCanBePadded() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("r.csv", "a,b,c\n1,2,3\n4\n5,6,7,8\n\n9,10,11\n")
    let (table, warnings) = try open(path, options: ["ragged": .string("pad")])
    #expect(table.values("a") == [.int(1), .int(4), .int(5), .int(9)])
    #expect(table.values("b") == [.int(2), .null, .int(6), .int(10)])
    #expect(table.values("c") == [.int(3), .null, .int(7), .int(11)])
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("2 records") == true)
    #expect(warnings.first?.contains("line 3") == true)
  }

  @Test func brokenQuotesAreErrorsWithTheirLine() throws {
    let open = failure { _ = try csv("a,b\n1,2\n3,\"x\n4,5\n") }
    #expect(open?.message == "the quote that opens on line 3 is never closed")
    let inside = failure { _ = try csv("a,b\n1,2\n\"x\"y,2\n") }
    #expect(inside?.message == "line 3 has text after a closing quote")
    let header = failure { _ = try csv("\"a,b\n1,2\n") }
    #expect(header?.message == "the quote that opens on line 1 is never closed")
  }

  @Test func aQuoteWithinABareCellIsText() throws {
    let table = try csv("a,b\n5\" disk,1\nx\"y\",2\n")
    #expect(table.values("a") == [.string("5\" disk"), .string("x\"y\"")])
  }

  @Test func givenTypesAreKept() throws {
    let table = try csv(
      "zip,n,ok,d,at\n01234,1,1,90,2026-01-01\n2,,0,1h 30m,\n",
      types: [
        "zip": .string, "n": .float, "ok": .bool, "d": .duration, "at": .timestamp,
      ])
    #expect(table.values("zip") == [.string("01234"), .string("2")])
    #expect(table.values("n") == [.float(1), .null])
    #expect(table.values("ok") == [.bool(true), .bool(false)])
    #expect(table.values("d") == [.duration(90_000_000), .duration(5_400_000_000)])
    let bad = failure { _ = try csv("a,b\n1,2\nx,3\n\"y,z\",3\n", types: ["a": .int]) }
    #expect(bad?.kind == .badValue)
    #expect(bad?.message == "`x` in column `a` on line 3 is no int")
    let unknown = failure { _ = try csv("a,b\n1,2\n", types: ["c": .int]) }
    #expect(unknown?.kind == .badOption)
  }

  @Test func aTextCanStandForNull() throws {
    let table = try csv("a,b\nNA,NA\n1,x\n-999,\"NA\"\n", options: ["null": .string("NA")])
    #expect(table.types == [.int, .string])
    #expect(table.values("a") == [.null, .int(1), .int(-999)])
    #expect(table.values("b") == [.null, .string("x"), .string("NA")])
    let number = try csv("a,b\n-999,1\n3,2\n", options: ["null": .string("-999")])
    #expect(number.values("a") == [.null, .int(3)])
  }

  @Test(arguments: [
    ("delimiter", Value.string(",,")), ("header", .int(1)), ("ragged", .string("x")),
    ("encoding", .string("klingon")), ("nonsense", .bool(true)),
  ])
  func wrongOptionsAreErrors(_ name: String, _ value: Value) {
    let error = failure { _ = try csv("a\n1\n", options: [name: value]) }
    #expect(error?.kind == .badOption)
    #expect(error?.remedy != nil)
  }

  @Test func latin1IsReadWithAWarning() throws {
    let folder = try ScratchFolder()
    let bytes =
      Array("a,b\nM".utf8) + [0xFC] + Array("ller,1\n".utf8) + [0x80] + Array("5,2\n".utf8)
    let path = try folder.write("l.csv", bytes)
    let (table, warnings) = try open(path)
    #expect(table.values("a") == [.string("Müller"), .string("€5")])
    #expect(warnings.first?.contains("line 2") == true)
    let (_, silent) = try open(path, options: ["encoding": .string("latin1")])
    #expect(silent.isEmpty)
    let strict = failure { _ = try open(path, options: ["encoding": .string("utf-8")]) }
    #expect(strict?.message.contains("line 2") == true)
  }

  @Test func brokenUTF8IsAnErrorWithItsLine() throws {
    let folder = try ScratchFolder()
    let bytes = Array("a,b\ngröße,1\nx".utf8) + [0xFF] + Array(",2\n".utf8)
    let error = failure { _ = try open(folder.write("u.csv", bytes)) }
    #expect(error?.message.contains("line 3") == true)
    #expect(error?.remedy?.contains("latin1") == true)
  }

  @Test func whatIsNoTextIsAnError() throws {
    let folder = try ScratchFolder()
    let binary = failure { _ = try open(folder.write("b.csv", [0x50, 0x4B, 3, 4, 0, 0, 1])) }
    #expect(binary?.kind == .wrongFormat)
    let empty = failure { _ = try open(folder.write("e.csv", "")) }
    #expect(empty?.kind == .wrongFormat)
    let missing = failure { _ = try open(folder.path + "/none.csv") }
    #expect(missing?.kind == .notFound)
    let odd = failure { _ = try open(folder.write("o.csv", [0xFF, 0xFE, 0x61, 0x00, 0x62])) }
    #expect(odd?.message.contains("UTF-16") == true)
  }

  @Test func patternsAndFoldersAreOneTable() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("a.csv", "x,y\n1,a\n2,b\n")
    _ = try folder.write("b.csv", "y,z\nc,2026-01-01\n")
    _ = try folder.write("c.tsv", "x\tz\n0.5\t\n")
    _ = try folder.write("notes.md", "not data")
    for path in [folder.path + "/*.?sv", folder.path] {
      let table = try open(path).table
      #expect(table.names == ["x", "y", "z"])
      #expect(table.types == [.float, .string, .timestamp])
      #expect(table.values("x") == [.float(1), .float(2), .null, .float(0.5)])
      #expect(table.values("y") == [.string("a"), .string("b"), .string("c"), .null])
      #expect(table.values("z")?.filter { !$0.isNull }.count == 1)
    }
    let none = failure { _ = try open(folder.path + "/*.parquet") }
    #expect(none?.kind == .notFound)
  }

  @Test func cancellationStopsALoad() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("c.csv", "a\n1\n")
    let control = RunControl()
    control.cancel()
    let error = failure {
      _ = try ImporterCatalog.builtin.open(OpenRequest(path: path, control: control))
    }
    #expect(error?.kind == .interrupted)
  }
}
