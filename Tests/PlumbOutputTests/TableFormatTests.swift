import PlumbColumns
import PlumbDiagnostics
import Testing

@testable import PlumbOutput

@Suite struct TableFormatTests {
  @Test func aBoxShowsNamesTypesAndAlignedNumbers() {
    let values = table([
      ("name", Column(["a", "bb"])),
      ("auc", Column([.float(0.915), .float(12)], type: .float)),
      ("n", Column([.int(5), .null], type: .int)),
    ])
    #expect(
      OutputFormat.table.text(values) == """
        ┌────────┬────────┬──────┐
        │ name   │    auc │    n │
        │ string │  float │  int │
        ├────────┼────────┼──────┤
        │ a      │  0.915 │    5 │
        │ bb     │ 12.0   │ null │
        └────────┴────────┴──────┘
        2 rows

        """)
  }

  @Test func emptyTablesHaveTheirHeader() {
    #expect(
      OutputFormat.table.text(Table.empty(Schema([Schema.Field("a", .int)]))) == """
        ┌─────┐
        │   a │
        │ int │
        ├─────┤
        └─────┘
        0 rows

        """)
    let nothing = Table(schema: Schema([]), columns: [], rowCount: 1)
    #expect(OutputFormat.table.text(nothing) == "1 row\n")
  }

  @Test func manyRowsShowHeadAndTail() {
    let values = table([("n", Column(Array(1...10)))])
    #expect(
      OutputFormat.table.text(values, options: OutputOptions(terminalWidth: 80, maxRows: 5)) == """
        ┌─────┐
        │   n │
        │ int │
        ├─────┤
        │   1 │
        │   2 │
        │   3 │
        │   … │
        │   9 │
        │  10 │
        └─────┘
        10 rows (5 shown)

        """)
  }

  @Test func wideCharactersKeepTheBoxStraight() {
    let texts = ["日本", "e\u{301}", "👨‍👩‍👧", "🇩🇪", "☺️", "ok\u{7}", "ａ"]
    let text = OutputFormat.table.text(table([("t", Column(texts))]))
    let widths = Set(text.split(separator: "\n").dropLast().map { displayWidth(of: String($0)) })
    #expect(widths.count == 1)
    #expect(displayWidth(of: "日本") == 4)
    #expect(displayWidth(of: "e\u{301}") == 1)
    #expect(displayWidth(of: "👨‍👩‍👧") == 2)
    #expect(displayWidth(of: "🇩🇪") == 2)
    #expect(displayWidth(of: "☺️") == 2)
    #expect(displayWidth(of: "a\u{200B}b") == 2)
    #expect(displayWidth(of: "½×") == 2)
    #expect(text.contains("ok\\u{7}"))
  }

  @Test(arguments: [20, 37, 40, 60, 79, 80, 100, 200])
  func aBoxFitsTheTerminal(_ width: Int) {
    let columns = (0..<12).map { index in
      (
        "column_\(index)",
        index % 2 == 0
          ? Column([String(repeating: "語", count: index * 3), "x"]) : Column([1.5, 1e300])
      )
    }
    let options = OutputOptions(terminalWidth: width)
    let text = OutputFormat.table.text(table(columns), options: options)
    for line in text.split(separator: "\n") where line.first != "2" {
      #expect(displayWidth(of: String(line)) <= width)
    }
    if !text.contains("column_6") { #expect(text.contains("12 columns (")) }
  }

  @Test func columnsAreFoldedWhereTheWindowHasRoom() {
    let columns = (0..<4).map { ("column_\($0)", Column([$0])) }
    var options = OutputOptions(terminalWidth: 30, foldingRows: 24)
    let text = OutputFormat.table.text(table(columns), options: options)
    #expect(
      text == """
        ┌──────────┬──────────┐
        │ column_0 │ column_1 │
        │      int │      int │
        ├──────────┼──────────┤
        │        0 │        1 │
        └──────────┴──────────┘
        ┌──────────┬──────────┐
        │ column_2 │ column_3 │
        │      int │      int │
        ├──────────┼──────────┤
        │        2 │        3 │
        └──────────┴──────────┘
        1 row

        """)
    options.foldingRows = 11
    #expect(OutputFormat.table.text(table(columns), options: options).contains("4 columns ("))
  }

  @Test func textsOfAFoldedBoxGetTheRoomThatItHasLeft() {
    let long = String(repeating: "word ", count: 10)
    let columns =
      (0..<4).map { ("column_\($0)", Column([$0])) } + [
        ("note", Column([.string(long)], type: .string)), ("last", Column([5])),
      ]
    let options = OutputOptions(terminalWidth: 44, foldingRows: 40)
    let lines = OutputFormat.table.text(table(columns), options: options).split(separator: "\n")
    #expect(lines.contains("│        3 │ word word word word w… │    5 │"))
    #expect(lines.allSatisfy { displayWidth(of: $0) <= 44 })
  }

  @Test func keysOfFamiliesAreLeftOutFirst() {
    let fields = [
      Schema.Field("id", .int), Schema.Field("metrics.a", .int, family: "metrics"),
      Schema.Field("metrics.b", .int, family: "metrics"), Schema.Field("name", .int),
      Schema.Field("last", .int),
    ]
    let schema = Schema(fields, families: [Schema.Family("metrics", missingType: .float)])
    let values = Table(
      schema: schema, columns: fields.map { _ in Column([1]) }, rowCount: 1)
    func header(_ width: Int) -> String {
      let text = OutputFormat.table.text(values, options: OutputOptions(terminalWidth: width))
      return String(text.split(separator: "\n")[1])
    }
    #expect(header(30) == "│  id │ … │ name │ last │")
    #expect(header(44) == "│  id │ metrics.a │ … │ name │ last │")
    #expect(header(18) == "│  id │ … │ last │")
  }

  @Test func whatWasComputedIsKeptBeforeWhatWasThere() {
    let names = ["id", "name", "user", "status", "metrics.a", "score"]
    let fields = names.map {
      Schema.Field($0, .int, family: $0.hasPrefix("metrics.") ? "metrics" : nil)
    }
    let values = Table(
      schema: Schema(fields), columns: fields.map { _ in Column([1]) }, rowCount: 1)
    func header(_ width: Int) -> String {
      let text = OutputFormat.table.text(values, options: OutputOptions(terminalWidth: width))
      return String(text.split(separator: "\n")[1])
    }
    #expect(header(36) == "│  id │ name │ user │ … │ score │")
    #expect(header(26) == "│  id │ name │ … │ score │")
  }

  @Test func columnsThatSayMostAreKeptBeforeAll() {
    let names = ["id", "name", "value", "sure", "detail", "recipe"]
    let fields = names.map { Schema.Field($0, .int, isTelling: $0 == "value" || $0 == "sure") }
    let values = Table(
      schema: Schema(fields), columns: fields.map { _ in Column([1]) }, rowCount: 1)
    func header(_ width: Int) -> String {
      let text = OutputFormat.table.text(values, options: OutputOptions(terminalWidth: width))
      return String(text.split(separator: "\n")[1])
    }
    #expect(header(24) == "│ … │ value │ sure │ … │")
    #expect(header(36) == "│  id │ name │ value │ sure │ … │")
  }

  @Test func rowsAreLeftOutForColumnsInFurtherBoxes() {
    let columns = (0..<4).map { ("column_\($0)", Column(Array(1...20))) }
    var options = OutputOptions(terminalWidth: 30, maxRows: 16, foldingRows: 24)
    let text = OutputFormat.table.text(table(columns), options: options)
    #expect(text.contains("column_3"))
    #expect(text.contains("20 rows (5 shown)\n"))
    #expect(text.split(separator: "\n").count <= 23)
    options.foldingRows = 20
    #expect(!OutputFormat.table.text(table(columns), options: options).contains("column_3"))
  }

  @Test func remarksFollowTheNumberOfRows() {
    let values = table([("n", Column([1, 2]))])
    let text = OutputFormat.table.text(values, options: OutputOptions(remarks: ["3 ms", "x"]))
    #expect(text.hasSuffix("\n2 rows · 3 ms · x\n"))
  }

  @Test func longListsOfNumbersAreDrawnOnATerminal() {
    func list(_ numbers: [Value]) -> Value { .list(numbers, element: .float) }
    let rising = list((0..<8).map { .float(Double($0)) })
    #expect(Sparkline.text(rising) == "▁▂▃▄▅▆▇█")
    #expect(
      Sparkline.text(list([.float(1), .null, .float(.nan), .float(1), .float(9)])) == "▁  ▁█")
    #expect(Sparkline.text(list(Array(repeating: .float(2), count: 5))) == "▄▄▄▄▄")
    #expect(Sparkline.text(list([.float(1), .float(2)])) == nil)
    let diverging: [Value] = [
      .float(3), .float(1), .float(2), .float(.infinity), .float(.infinity),
    ]
    #expect(Sparkline.text(list(diverging)) == "█▁▅∞∞")
    #expect(Sparkline.text(list(Array(repeating: .float(.infinity), count: 5))) == "∞∞∞∞∞")
    #expect(Sparkline.text(list(Array(repeating: .null, count: 9))) == nil)
    let huge = list([.float(-1.7e308), .float(1.7e308), .float(0), .float(0), .float(0)])
    #expect(Sparkline.text(huge) == "▁█▅▅▅")
    let long = list((0..<1000).map { .float(Double($0)) })
    #expect(Sparkline.text(long)?.count == Sparkline.mostColumns)
    #expect(Sparkline.text(.string("x")) == nil)

    let values = table([("loss", Column([rising], type: .list(.float)))])
    let shown = OutputFormat.table.text(values, options: OutputOptions(terminalWidth: 80))
    #expect(shown.contains("│ ▁▂▃▄▅▆▇█"))
    #expect(!OutputFormat.table.text(values).contains("▁"))
  }

  @Test func aNarrowTerminalStillShowsOneColumn() {
    let values = table([("a", Column(["a long text that cannot fit"])), ("b", Column([1]))])
    let text = OutputFormat.table.text(values, options: OutputOptions(terminalWidth: 20))
    #expect(text.contains("…"))
    #expect(text.contains("2 columns (1 shown)"))
    for line in text.split(separator: "\n") where !line.contains("row") {
      #expect(displayWidth(of: String(line)) <= 20)
    }
  }

  @Test func nothingIsCutInAPipe() {
    let long = String(repeating: "x", count: 5000)
    let columns = (0..<40).map { ("c\($0)", Column([long])) }
    let text = OutputFormat.table.text(table(columns))
    #expect(!text.contains("…"))
    #expect(text.components(of: long) == 40)
  }

  @Test func floatsAreExactInAPipeAndShortOnATerminal() {
    let values = table([("x", Column([0.123456789012, 1234567.891, 1.23456789e-7, 1e22]))])
    let piped = OutputFormat.table.text(values)
    for text in ["0.123456789012", "1234567.891", "1.23456789e-07", "1e+22"] {
      #expect(piped.contains(text))
    }
    let shown = OutputFormat.table.text(values, options: OutputOptions(terminalWidth: 80))
    for text in ["0.123457 ", "1234568.0 ", "1.23457e-07 ", "1e+22"] {
      #expect(shown.contains(text), "\(shown)")
    }
  }

  @Test func timesAreShownInTheZone() throws {
    let berlin = try #require(TimeZoneRules(named: "Europe/Berlin"))
    let winter = try #require(TimestampText.parse("2026-01-01T11:00:00Z"))
    let summer = try #require(TimestampText.parse("2026-07-01T11:00:00.5Z"))
    let values = table([("at", Column([winter, summer], type: .timestamp))])
    let text = OutputFormat.table.text(values, options: OutputOptions(timeZone: berlin))
    #expect(text.contains("│ 2026-01-01 12:00:00.000+01:00 │"))
    #expect(text.contains("│ 2026-07-01 13:00:00.500+02:00 │"))
    #expect(OutputFormat.csv.text(values).contains("2026-07-01T11:00:00.5Z"))
    let scalar = OutputFormat.table.text(
      .timestamp(winter), options: OutputOptions(timeZone: berlin))
    #expect(scalar == "2026-01-01T12:00:00+01:00\n")
  }

  @Test func daysAndDurationsAreShort() throws {
    let day = try #require(TimestampText.parse("2026-01-01"))
    let values = table([
      ("day", Column([day, day + 86_400_000_000], type: .timestamp)),
      ("took", Column([3_723_000_000, 273_600_000_000], type: .duration)),
    ])
    #expect(
      OutputFormat.table.text(values, options: OutputOptions(terminalWidth: 80)) == """
        ┌────────────┬──────────┐
        │ day        │     took │
        │ timestamp  │ duration │
        ├────────────┼──────────┤
        │ 2026-01-01 │    1h 2m │
        │ 2026-01-02 │    3d 4h │
        └────────────┴──────────┘
        2 rows

        """)
    #expect(OutputFormat.table.text(values).contains("1h 2m 3s"))
  }

  @Test func coloursAreOnlyUsedWhenAsked() {
    let values = table([("n", Column([.null], type: .int))])
    #expect(!OutputFormat.table.text(values).contains("\u{1B}"))
    let coloured = OutputFormat.table.text(values, options: OutputOptions(usesColor: true))
    #expect(coloured.contains("\u{1B}[2mnull\u{1B}[0m"))
  }

  @Test func notesFollowTheFooter() {
    let values = table([("n", Column([1]))])
    let options = OutputOptions(notes: ["the condition was null for 3 rows"])
    #expect(
      OutputFormat.table.text(values, options: options)
        .hasSuffix("1 row\nthe condition was null for 3 rows\n"))
  }
}

extension String {
  /// How often a text occurs.
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
