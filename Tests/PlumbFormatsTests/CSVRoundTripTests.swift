import PlumbColumns
import PlumbColumnsTesting
import PlumbFormats
import Testing

/// What is written by the rules of RFC 4180 comes back, whatever is in it.
@Suite struct CSVRoundTripTests {
  private static let texts = [
    "", "a", " ", "\"", "\"\"", ",", "a,b", "\n", "\r\n", "x\ny", "日本", "🎉", "5\"", "\t",
    "a\"b,c\nd", "true", "0", "007", "1e5x", "\u{1B}", "'", ";", "|",
  ]

  private static func quoted(_ text: String, _ delimiter: Character, always: Bool) -> String {
    let needs =
      text.isEmpty || always
      || text.unicodeScalars.contains { "\"\r\n".unicodeScalars.contains($0) }
      || text.contains(delimiter)
    return needs ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  @Test(arguments: [1, 3])
  func textsComeBack(_ threads: Int) throws {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    for round in 0..<30 {
      let delimiter: Character = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
      let columnCount = Int.random(in: 2...5, using: &random)
      let rowCount = Int.random(in: 0...60, using: &random)
      let newline = Bool.random(using: &random) ? "\n" : "\r\n"
      var rows: [[String?]] = []
      for _ in 0..<rowCount {
        rows.append(
          (0..<columnCount).map { _ in
            Int.random(in: 0...5, using: &random) == 0
              ? nil : Self.texts.randomElement(using: &random)
          })
      }
      var text = (0..<columnCount).map { "name \($0)" }.joined(separator: String(delimiter))
      for row in rows {
        text += newline
        text += row.map { cell in
          cell.map { Self.quoted($0, delimiter, always: Bool.random(using: &random)) } ?? ""
        }.joined(separator: String(delimiter))
      }
      if Bool.random(using: &random) { text += newline }
      let path = try folder.write("r\(round).csv", text)
      let types = Dictionary(
        uniqueKeysWithValues: (0..<columnCount).map { ("name \($0)", DataType.string) })
      let table = try open(
        path,
        options: ["delimiter": .string(String(delimiter)), "header": .bool(true)],
        types: types, threads: threads
      ).table
      #expect(table.rowCount == rows.count, "seed \(seed), round \(round)")
      for (index, row) in rows.enumerated() where index < table.rowCount {
        let expected = row.map { $0.map(Value.string) ?? .null }
        #expect(table.row(index) == expected, "seed \(seed), round \(round), row \(index)")
      }
    }
  }

  /// Several megabytes with quoted newlines, so that runs are divided within and between records.
  @Test(arguments: [1, 2, 4], [false, true])
  func largeFilesAreDividedAtRecords(_ threads: Int, _ hasStrayQuotes: Bool) throws {
    let rows = 60_000
    var text = "id,note,x,tag\n"
    for row in 0..<rows {
      let note =
        row % 3 == 0 ? "\"line \(row),\n\"\"quoted\"\" and more text\"" : "plain \(row % 50)"
      let tag = hasStrayQuotes && row % 1001 == 5 ? "3\" disk" : row % 7 == 0 ? "" : "t\(row % 5)"
      text += "\(row),\(note),\(Double(row) / 8),\(tag)\n"
    }
    let folder = try ScratchFolder()
    let table = try open(folder.write("large.csv", text), threads: threads).table
    #expect(table.rowCount == rows)
    #expect(table.types == [.int, .string, .float, .string])
    for row in stride(from: 0, to: rows, by: 371) {
      let note: Value =
        row % 3 == 0
        ? .string("line \(row),\n\"quoted\" and more text") : .string("plain \(row % 50)")
      let tag: Value =
        hasStrayQuotes && row % 1001 == 5
        ? .string("3\" disk") : row % 7 == 0 ? .null : .string("t\(row % 5)")
      #expect(table.row(row) == [.int(row), note, .float(Double(row) / 8), tag])
    }
    #expect(table["id"]?.nullCount == 0)
  }

  @Test func anErrorInALaterRunHasItsLine() throws {
    let folder = try ScratchFolder()
    var text = "a,b\n"
    for row in 0..<200_000 { text += "\(row),x\n" }
    text += "1,\"open\n"
    for row in 0..<200_000 { text += "\(row),x\n" }
    let path = try folder.write("late.csv", text)
    for threads in [1, 3] {
      let error = failure { _ = try open(path, threads: threads) }
      #expect(error?.message == "the quote that opens on line 200002 is never closed")
    }
  }
}
