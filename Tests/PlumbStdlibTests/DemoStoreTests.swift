import PlumbStdlib
import Testing

@Test func demoStoreIsAnSQLiteDatabase() throws {
  let database = try DemoStore.database()
  #expect(database.starts(with: Array("SQLite format 3\0".utf8)))
  // Bytes 28 to 31 of the header count the pages, bytes 16 and 17 give their size.
  let pages = database[28..<32].reduce(0) { $0 << 8 | Int($1) }
  let pageSize = database[16..<18].reduce(0) { $0 << 8 | Int($1) }
  #expect(database.count == pages * pageSize)
}
