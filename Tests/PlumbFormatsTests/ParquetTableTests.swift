import Foundation
import PlumbColumns
import PlumbFormats
import Synchronization
import Testing

/// What a scan of Parquet files reads, and what folders and patterns make of them.
@Suite struct ParquetTableTests {
  private static func path(_ name: String) -> String {
    ParquetFixtureTests.folder.appending(path: name).path
  }

  private func provider(_ name: String) throws -> any TableProvider {
    let source = try ImporterCatalog.builtin.open(OpenRequest(path: Self.path(name)))
    return try #require(source.tables.first)
  }

  /// The bytes of column chunks that a scan reads, and its rows.
  private func read(
    _ provider: any TableProvider, _ columns: [String], _ conditions: [ScanCondition]
  ) throws -> (bytes: Int, rows: Int) {
    let total = Mutex(0)
    let control = RunControl { progress in total.withLock { $0 = progress.total ?? 0 } }
    let table = try provider.scan(
      ScanRequest(columns: columns, conditions: provider.usableConditions(conditions)),
      control: control)
    return (total.withLock { $0 }, table.rowCount)
  }

  // MARK: Row groups and columns

  @Test func onlyTheColumnsAskedForAreRead() throws {
    let one = try read(try provider("skip_rowgroups.parquet"), ["v"], [])
    let all = try read(
      try provider("skip_rowgroups.parquet"), ["run", "step", "v", "key"], [])
    #expect(one.rows == 4000)
    #expect(one.bytes * 5 < all.bytes * 3)
  }

  @Test func rowGroupsThatCannotMatchAreNotRead() throws {
    let all = try read(try provider("skip_rowgroups.parquet"), ["run", "v"], [])
    let tests: [(ScanCondition.Test, rows: Int)] = [
      (.equal(.int(39)), 500), (.equal(.float(39)), 500), (.less(.int(5)), 500),
      (.lessOrEqual(.int(5)), 1000), (.greater(.int(38)), 500),
      (.greaterOrEqual(.float(34.5)), 500),
      (.oneOf([.int(0), .int(39)]), 1000), (.equal(.int(40)), 0), (.equal(.null), 0),
      (.greater(.int(-1)), 4000),
    ]
    for (test, rows) in tests {
      let found = try read(
        try provider("skip_rowgroups.parquet"), ["run", "v"],
        [ScanCondition(column: "run", test: test)])
      #expect(found.rows == rows, "\(test)")
      #expect(found.bytes <= all.bytes * rows / 4000 + 64, "\(test)")
    }
  }

  @Test func textsAreComparedByTheirBytes() throws {
    for (name, isThere) in [("user-37677", true), ("zzz", false), ("aaa", false)] {
      let found = try read(
        try provider("skip_rowgroups.parquet"), ["key"],
        [ScanCondition(column: "key", test: .equal(.string(name)))])
      #expect((found.rows > 0) == isThere, "\(name)")
    }
  }

  @Test(arguments: ["all_zstd", "all_v2", "log_duckdb", "log_spark", "polars_lz4"])
  func skippingLosesNoRow(_ name: String) throws {
    let whole = try loadAll(Self.path(name + ".parquet"))
    for field in whole.schema.fields {
      let column = try #require(whole[field.name])
      switch field.type {
      case .list, .record: continue
      default: break
      }
      for row in stride(from: 0, to: column.count, by: 67) {
        let value = column.value(at: row)
        if case .float(let number) = value, number.isNaN { continue }
        let condition = ScanCondition(column: field.name, test: .equal(value))
        let table = try loadAll(Self.path(name + ".parquet"), conditions: [condition])
        let wanted = column.values.count { $0 == value }
        #expect(table[field.name]?.values.count { $0 == value } == wanted, "\(field.name) \(row)")
      }
    }
  }

  @Test func columnsThatWereReadAreKept() throws {
    let table = try provider("skip_rowgroups.parquet")
    _ = try read(table, ["run", "v"], [])
    #expect(try read(table, ["v"], []).bytes == 0)
    #expect(
      try read(table, ["v"], [ScanCondition(column: "run", test: .equal(.int(1)))]).rows == 4000)
  }

  // MARK: Folders and patterns

  @Test func aFolderIsOneTableWithTheColumnsOfItsNames() throws {
    let (table, warnings) = try open(Self.path("days"))
    #expect(table.names == ["n", "s", "more", "day", "zone"])
    #expect(table.types == [.float, .string, .bool, .timestamp, .string])
    #expect(table.values("n") == [.float(1), .float(2), .float(3), .float(4.5), .float(5)])
    #expect(table.values("more") == [.null, .null, .null, .bool(true), .null])
    #expect(
      table.values("zone")
        == [.string("eu"), .string("eu"), .string("us"), .null, .string("a/b c")])
    #expect(table.values("day")?.first == .timestamp(1_793_491_200_000_000))
    #expect(warnings.isEmpty)
  }

  @Test func aPatternGivesTheColumnsOfTheFoldersThatItMatches() throws {
    let all = try open(Self.path("days/day=*/zone=*/*.parquet")).table
    #expect(all.names == ["n", "s", "more", "day", "zone"])
    let some = try open(Self.path("days/day=2026-11-01/zone=*/*.parquet")).table
    #expect(some.names == ["n", "s", "zone"])
    #expect(try open(Self.path("days/day=2026-11-0?")).table.rowCount == 5)
  }

  @Test func aConditionOnAFolderLeavesOutItsFiles() throws {
    let table = try provider("days")
    let condition = ScanCondition(column: "zone", test: .equal(.string("us")))
    #expect(try read(table, ["n"], [condition]).rows == 1)
    let none = ScanCondition(column: "zone", test: .equal(.null))
    #expect(try read(table, ["n"], [none]).rows == 1)
    let missing = ScanCondition(column: "more", test: .equal(.bool(true)))
    #expect(try read(table, ["n"], [missing]).rows == 1)
  }

  @Test func textFilesInFoldersAreDividedTheSameWay() throws {
    let folder = try ScratchFolder()
    for (day, text) in [("01", "x\n1\n2\n"), ("12", "x\n3\n")] {
      let path = folder.path + "/t/day=\(day)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      _ = try folder.write("t/day=\(day)/a.csv", text)
    }
    let table = try open(folder.path + "/t").table
    #expect(table.values("day") == [.string("01"), .string("01"), .string("12")])
    let typed = try open(folder.path + "/t", types: ["day": .int])
    #expect(typed.table.values("day") == [.int(1), .int(1), .int(12)])
    #expect(failure { _ = try open(folder.path + "/t", types: ["day": .bool]) }?.kind == .badValue)
  }

  // MARK: Errors

  @Test func filesWhoseColumnsDoNotFitAreNamed() throws {
    let folder = try ScratchFolder()
    for name in ["int96", "log_spark", "all_zstd"] {
      try FileManager.default.copyItem(
        atPath: Self.path(name + ".parquet"), toPath: folder.path + "/\(name).parquet")
    }
    let both = try open(folder.path + "/[il]*.parquet").table
    #expect(both.rowCount == 1000)
    #expect(both.names.starts(with: ["us", "id", "request_id"]))
    let error = try #require(failure { _ = try open(folder.path + "/*.parquet") })
    #expect(error.kind == .wrongFormat)
    #expect(error.message.contains("all_zstd") && error.message.contains("log_spark"))
    #expect(failure { _ = try open(folder.path + "/*.parq") }?.kind == .notFound)
  }

  @Test func theTypesOfAFileCannotBeGiven() {
    let error = failure { _ = try open(Self.path("int96.parquet"), types: ["id": .string]) }
    #expect(error?.kind == .badOption)
    let option = failure {
      _ = try open(Self.path("int96.parquet"), options: ["header": .bool(true)])
    }
    #expect(option?.kind == .badOption)
  }

  @Test func aFileThatChangedIsNotRead() throws {
    let folder = try ScratchFolder()
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.path("int96.parquet"))))
    let path = try folder.write("x.parquet", bytes)
    let source = try ImporterCatalog.builtin.open(OpenRequest(path: path))
    _ = try folder.write("x.parquet", bytes + [0])
    let error = failure {
      _ = try source.tables[0].scan(ScanRequest(columns: ["id"]), control: RunControl())
    }
    #expect(error?.message.contains("changed") == true)
  }

  @Test func damageIsNamedWithItsPlace() throws {
    let folder = try ScratchFolder()
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.path("int96.parquet"))))
    let cut = try folder.write("cut.parquet", Array(bytes.dropLast(100)))
    let error = try #require(failure { _ = try open(cut) })
    #expect(error.kind == .corrupt)
    #expect(error.message.contains("cut off") && error.message.contains(cut))
    let encrypted = failure {
      _ = try open(Self.path("apache/encrypt_columns_plaintext_footer.parquet.encrypted"))
    }
    #expect(encrypted?.message.contains("encrypted") == true)
    #expect(encrypted?.kind == .wrongFormat)
  }
}
