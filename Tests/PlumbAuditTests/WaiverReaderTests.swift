import PlumbAudit
import PlumbColumns
import Testing

/// Waivers that are in order, and every way in which one is not.
@Suite struct WaiverReaderTests {
  private static let proper: [(String, Value)] = [
    ("id", .string("W-1")), ("check", .string("mon-*")), ("subject", .string("churn")),
    ("reason", .string("a vendor model")), ("requested_by", .string("ben")),
    ("approved_by", .string("raj")), ("expires", .string("2026-10-31")),
  ]

  private func table(_ rows: [[(String, Value)]]) -> Table {
    let names = rows.first?.map(\.0) ?? []
    let columns = names.indices.map { index in
      let values = rows.map { $0[index].1 }
      return Column(values, type: Self.type(of: values))
    }
    return Table(
      schema: Schema(zip(names, columns).map { Schema.Field($0, $1.type) }), columns: columns,
      rowCount: rows.count)
  }

  private static func type(of values: [Value]) -> DataType {
    switch values.first {
    case .timestamp: .timestamp
    case .int: .int
    case .bool: .bool
    default: .string
    }
  }

  private func mistake(_ rows: [[(String, Value)]]) -> String? {
    do throws(WaiverReader.Mistake) {
      _ = try WaiverReader.read(table(rows))
      return nil
    } catch { return error.message }
  }

  private func with(_ name: String, _ value: Value) -> [(String, Value)] {
    Self.proper.map { $0.0 == name ? (name, value) : $0 }
  }

  @Test func aProperOne() throws {
    let waiver = try #require(try WaiverReader.read(table([Self.proper])).first)
    #expect(waiver.concerns(check: "mon-01", subject: "churn"))
    #expect(!waiver.concerns(check: "mon-01", subject: "fraud"))
    let lastDay = 1_793_404_800_000_000
    #expect(waiver.expiresMicroseconds == lastDay)
    let day = 86_400_000_000
    #expect(!waiver.isExpired(atMicroseconds: lastDay + day - 1))
    #expect(waiver.isExpired(atMicroseconds: lastDay + day))
    // A time of that day is that day.
    #expect(
      try WaiverReader.read(table([with("expires", .timestamp(lastDay + 5))])).first?
        .expiresMicroseconds == lastDay)
    #expect(try WaiverReader.read(table([])).isEmpty)
  }

  @Test(arguments: [
    "id", "check", "subject", "reason", "requested_by", "approved_by", "expires",
  ])
  func nothingMayBeMissing(_ name: String) {
    #expect(
      mistake([Self.proper.filter { $0.0 != name }])
        == "the table `waivers` has no column `\(name)`")
    let id = name == "id" ? "" : " (`W-1`)"
    #expect(mistake([with(name, .null)]) == "waiver 1\(id): `\(name)` is empty")
    guard name != "expires" else { return }
    #expect(mistake([with(name, .string("  "))]) == "waiver 1\(id): `\(name)` is empty")
  }

  @Test(arguments: ["soon", "2026", "2026-10", "31/10/2026", "2026-02-30", "20261031", ""])
  func aDayIsADate(_ text: String) {
    #expect(
      mistake([with("expires", .string(text))])
        == "waiver 1 (`W-1`): `expires` is `\(text)`, which is no date")
  }

  @Test func aDayIsNoOtherValue() {
    #expect(
      mistake([with("expires", .int(20_261_031))]) == "waiver 1 (`W-1`): `expires` is no date")
    #expect(mistake([with("expires", .bool(true))]) == "waiver 1 (`W-1`): `expires` is no date")
  }

  @Test(arguments: ["raj", "RAJ", " raj "])
  func anotherPersonApproves(_ name: String) {
    #expect(
      mistake([with("requested_by", .string(name))])
        == "waiver 1 (`W-1`): `raj` requested and approved it; another person approves")
  }

  @Test func idsAreUnique() {
    #expect(
      mistake([Self.proper, with("subject", .string("fraud"))])
        == "waiver 2 (`W-1`): another waiver has the same `id`")
  }
}
