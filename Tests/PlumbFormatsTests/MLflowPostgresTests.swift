import Foundation
import PlumbColumns
import PlumbColumnsTesting
import Synchronization
import Testing

@testable import PlumbFormats

/// PostgreSQL where it cannot be read, and its binary rows.
///
/// `scripts/test.d/remote` compares what a real server gives with the same store in SQLite.
struct MLflowPostgresTests {
  private func error(
    _ address: String, control: RunControl = RunControl()
  ) throws -> ImportError {
    try #require(
      #expect(throws: ImportError.self) {
        _ = try ImporterCatalog.builtin.open(OpenRequest(path: address, control: control))
      })
  }

  @Test func passwordsDoNotShow() throws {
    for (address, shown) in [
      ("postgresql://ada:s3cret@host:5/db", "postgresql://ada@host:5/db"),
      ("postgres://ada:s3%63ret@host/db?sslmode=off", "postgresql://ada@host/db"),
      (
        "postgresql+psycopg2://ada:s3cret@/db?host=/run&port=5",
        "postgresql://ada@/db?host=/run&port=5"
      ),
      ("postgresql://host/db?user=ada&password=s3cret", "postgresql://host/db?user=ada"),
      ("postgresql://ada:s3cret/@host/db", "postgresql://ada@host/db"),
      ("postgresql://ada:s3cret?x@host/db?user=u", "postgresql://ada@host/db?user=u"),
      ("postgresql://?service=mlflow", "postgresql://?service=mlflow"),
    ] {
      let parsed = PostgresAddress(address)
      #expect(parsed.text == shown)
      let said = parsed.cleared("ERROR:  bad `\(parsed.connectionText)`: s3cret, s3%63ret\nmore")
      #expect(!said.contains("s3cret") || !address.contains("s3cret"), "\(said)")
      #expect(!said.contains("more") && said.hasPrefix("bad"))
    }
  }

  @Test func optionsThatServersDoNotHave() throws {
    for scheme in ["postgresql", "http"] {
      let request = OpenRequest(
        path: "\(scheme)://ada:s3cret@127.0.0.1:1", options: ["cache": .bool(true)])
      let error = try #require(
        #expect(throws: ImportError.self) { _ = try ImporterCatalog.builtin.open(request) })
      #expect(error.kind == .badOption && error.message.contains("no option `cache`"))
      #expect(!error.message.contains("s3cret"))
    }
  }

  @Test func nothingAnswers() throws {
    let listener = try LoopbackServer { _ in .end }
    listener.stop()
    for address in [
      "postgresql://ada:s3cret@127.0.0.1:\(listener.port)/db",
      "postgresql://ada:s3cret@127.0.0.1:\(listener.port)/db?nonsense=s3cret",
      "postgresql://ada:s3%zzcret@127.0.0.1:\(listener.port)/db",
      "postgresql://ada:s3cret@127.0.0.1:port/db",
    ] {
      let error = try error(address)
      #expect(error.kind == .notReadable && error.message.contains("cannot connect to"))
      #expect(!error.message.contains("s3cret") && !error.message.contains("zzcret"))
    }
  }

  @Test func whatIsNoDatabase() throws {
    let server = try LoopbackServer { _ in .end }
    defer { server.stop() }
    // A server of another kind does not know what to say, and neither does this program.
    let control = RunControl()
    let cancelled = Mutex(ContinuousClock.now)
    Thread.detachNewThread {
      usleep(300_000)
      cancelled.withLock { $0 = ContinuousClock.now }
      control.cancel()
    }
    let error = try error("postgresql://ada@127.0.0.1:\(server.port)/db", control: control)
    #expect(error.kind == .interrupted)
    #expect(ContinuousClock.now - cancelled.withLock { $0 } < .milliseconds(100))
  }

  @Test func otherAddressesAreNamed() throws {
    let error = try error("mysql://host/db")
    #expect(error.kind == .wrongFormat && error.message.contains("`mysql://`"))
    #expect(error.remedy?.contains("`postgresql://`") ?? false)
  }

  // MARK: Binary rows

  private static let header: [UInt8] =
    [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    + [UInt8](repeating: 0, count: 8)

  /// A row of a text, a number, a float and a null.
  private static let row: [UInt8] =
    [0, 4, 0, 0, 0, 2] + Array("ab".utf8) + [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 2]
    + [0, 0, 0, 8, 0x3F, 0xE0, 0, 0, 0, 0, 0, 0] + [0xFF, 0xFF, 0xFF, 0xFF]

  private func read<Result>(
    _ messages: [[UInt8]], _ body: (BinaryRow?) -> Result
  ) throws -> [Result] {
    var reader = BinaryRowReader([.text, .int, .float, .text])
    var results: [Result] = []
    for message in messages {
      // Memory of just this size, so that a sanitizer sees a byte too far.
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: message.count, alignment: 1)
      defer { bytes.deallocate() }
      bytes.copyBytes(from: message)
      results.append(body(try reader.row(UnsafeRawBufferPointer(bytes))))
    }
    return results
  }

  @Test func rowsAreRead() throws {
    let texts = try read([Self.header + Self.row, Self.row, [0xFF, 0xFF]]) { row in
      row.map {
        "\($0.string(1) ?? "-") \($0.integer(2) ?? 0) \($0.double(3) ?? 0) \($0.string(4) ?? "-")"
      }
    }
    #expect(texts == ["ab 258 0.5 -", "ab 258 0.5 -", nil])
  }

  @Test func damagedRowsAreErrorsOrRows() throws {
    let whole = Self.header + Self.row
    for count in 0..<whole.count {
      #expect(throws: BinaryRowReader.Fault.self, "\(count) bytes") {
        _ = try read([Array(whole[..<count])]) { _ in }
      }
    }
    var generator = SeededGenerator(seed: propertySeed())
    for _ in 0..<10_000 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      _ = try? read([damaged]) { row in
        guard let row else { return }
        for column in 1...4 as ClosedRange<Int32> {
          _ = (row.bytes(column), row.string(column), row.integer(column), row.double(column))
        }
      }
    }
  }
}
