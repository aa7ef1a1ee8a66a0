import PlumbColumns
import Testing

@testable import PlumbOutput

/// A small table with every type and every awkward value.
let awkward: Table = {
  let fields: [(String, DataType, [Value])] = [
    ("n", .int, [.int(1), .null, .int(Int.min)]),
    ("x", .float, [.float(.nan), .float(-.infinity), .float(0.1)]),
    ("ok", .bool, [.bool(true), .bool(false), .null]),
    ("text", .string, [.string(""), .null, .string("a,\"b\"\n\u{1B}[31m|<i>")]),
    (
      "at", .timestamp,
      [.timestamp(0), .null, .timestamp(1_763_893_800_250_000)]
    ),
    ("took", .duration, [.duration(3_720_000_000), .duration(250_000), .null]),
    (
      "tags", .list(.string),
      [
        .list([.string("a"), .null], element: .string), .null,
        .list([], element: .string),
      ]
    ),
  ]
  return Table(
    schema: Schema(fields.map { Schema.Field($0.0, $0.1) }),
    columns: fields.map { Column($0.2, type: $0.1) }, rowCount: 3)
}()

func table(_ columns: [(String, Column)]) -> Table {
  Table(
    schema: Schema(columns.map { Schema.Field($0.0, $0.1.type) }), columns: columns.map(\.1),
    rowCount: columns.first?.1.count ?? 0)
}

private let emptyTable = Table.empty(Schema([Schema.Field("a", .int)]))
private let noColumns = Table(schema: Schema([]), columns: [], rowCount: 2)

@Suite struct OutputFormatTests {
  @Test func csvQuotesWhatItMustAndLeavesNullEmpty() {
    #expect(
      OutputFormat.csv.text(awkward) == """
        n,x,ok,text,at,took,tags
        1,NaN,true,"",1970-01-01T00:00:00Z,3720,"[""a"",null]"
        ,-Infinity,false,,,0.25,
        -9223372036854775808,0.1,,"a,""b""
        \u{1B}[31m|<i>",2025-11-23T10:30:00.25Z,,[]

        """)
    #expect(OutputFormat.csv.text(emptyTable) == "a\n")
    #expect(OutputFormat.csv.text(noColumns) == "")
  }

  @Test func csvOnATerminalHasNoControlCharacters() {
    let shown = OutputFormat.csv.text(awkward, options: OutputOptions(terminalWidth: 80))
    #expect(!shown.contains("\u{1B}"))
    #expect(shown.contains("\\u{1b}[31m"))
  }

  @Test func tsvQuotesTabsOnly() {
    let values = table([("a b", Column(["x,y", "p\tq"]))])
    #expect(OutputFormat.tsv.text(values) == "a b\nx,y\n\"p\tq\"\n")
  }

  @Test func jsonIsOneArrayOnOneLine() {
    let expected = [
      #"[{"n":1,"x":"NaN","ok":true,"text":"","at":"1970-01-01T00:00:00Z","took":3720,"tags":["a",null]},"#,
      #"{"n":null,"x":"-Infinity","ok":false,"text":null,"at":null,"took":0.25,"tags":null},"#,
      #"{"n":-9223372036854775808,"x":0.1,"ok":null,"text":"a,\"b\"\n\u001b[31m|<i>","#,
      #""at":"2025-11-23T10:30:00.25Z","took":null,"tags":[]}]"#,
    ]
    #expect(OutputFormat.json.text(awkward) == expected.joined() + "\n")
    #expect(OutputFormat.json.text(emptyTable) == "[]\n")
    #expect(OutputFormat.json.text(noColumns) == "[{},{}]\n")
  }

  @Test func jsonLinesHasALinePerRow() {
    let values = table([("a", Column([1, 2])), ("b\"", Column(["x", "y\u{85}"]))])
    #expect(
      OutputFormat.jsonLines.text(values)
        == "{\"a\":1,\"b\\\"\":\"x\"}\n{\"a\":2,\"b\\\"\":\"y\\u0085\"}\n")
    #expect(OutputFormat.jsonLines.text(emptyTable) == "")
  }

  @Test func markdownEscapesItsOwnSigns() {
    let values = table([
      ("a|b", Column(["x|y", "<b>*_", "val_auc\nz"])), ("n", Column([1, 2, 3])),
    ])
    #expect(
      OutputFormat.markdown.text(values) == """
        | a\\|b | n |
        | --- | ---: |
        | x\\|y | 1 |
        | &lt;b&gt;\\*\\_ | 2 |
        | val_auc\\\\nz | 3 |

        """)
  }

  @Test func htmlIsEscaped() {
    let values = table([("<th>", Column(["<script>alert('x')</script>", "a&\"b\u{07}"]))])
    let text = OutputFormat.html.text(values)
    #expect(text.contains("<th title=\"string\">&lt;th&gt;</th>"))
    #expect(text.contains("<td>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</td>"))
    #expect(text.contains("<td>a&amp;&quot;b\\u{7}</td>"))
    #expect(OutputFormat.html.text(emptyTable).contains("<tbody>\n</tbody>"))
  }

  @Test func lineNamesEachCell() {
    let values = table([("a", Column([1, 2])), ("long", Column(["x\ny", "z"]))])
    #expect(
      OutputFormat.line.text(values)
        == "   a = 1\nlong = x\\ny\n\n   a = 2\nlong = z\n")
  }

  @Test(arguments: [
    (Value.null, "null"), (.bool(true), "true"), (.int(-7), "-7"), (.float(0.1), "0.1"),
    (.float(1), "1.0"), (.float(.nan), "NaN"), (.float(.infinity), "Infinity"),
    (.string("a\nb"), "a\nb"), (.timestamp(1_000_000), "1970-01-01T00:00:01Z"),
    (.duration(93_784_000_000), "1d 2h 3m 4s"),
    (.record([Value.RecordField("a", .int(1))]), #"{"a":1}"#),
  ])
  func scalarsArePlain(_ value: Value, _ text: String) {
    #expect(OutputFormat.table.text(value) == text + "\n")
  }

  @Test(arguments: [
    (Value.null, "null"), (.int(Int.max), "9223372036854775807"), (.string("a\"b"), #""a\"b""#),
    (.float(.nan), #""NaN""#), (.duration(1_500_000), "1.5"),
    (.timestamp(1_000_001), #""1970-01-01T00:00:01.000001Z""#),
    (.list([.int(1), .null], element: .int), "[1,null]"),
  ])
  func jsonScalarsStandBare(_ value: Value, _ text: String) {
    #expect(OutputFormat.json.text(value) == text + "\n")
  }

  @Test func scalarTextIsHarmlessOnATerminalAndWholeInAPipe() {
    let value = Value.string("a\u{1B}[2J\nb\u{202E}")
    #expect(OutputFormat.table.text(value) == "a\u{1B}[2J\nb\u{202E}\n")
    let options = OutputOptions(terminalWidth: 80)
    #expect(OutputFormat.table.text(value, options: options) == "a\\u{1b}[2J\nb\\u{202e}\n")
  }

  @Test func formatsAreSortedAndFoundByEnding() {
    let catalog = OutputFormatCatalog.builtin
    #expect(catalog.names == catalog.names.sorted())
    #expect(
      catalog.names == [
        "arrow", "arrows", "csv", "html", "json", "jsonl", "line", "markdown", "parquet", "table",
        "tsv",
      ])
    #expect(catalog.format(forPath: "out/x.y.JSONL")?.name == "jsonl")
    #expect(catalog.format(forPath: "x.md")?.name == "markdown")
    #expect(catalog.format(forPath: "a.csv/none") == nil)
    #expect(catalog["csv"]?.name == "csv")
    #expect(catalog["xml"] == nil)
  }

  @Test func longTablesGoOutInPieces() throws {
    let rows = 50_000
    let values = table([("n", Column(Array(0..<rows)))])
    var pieces = 0
    var bytes = 0
    let sink = ByteSink { (piece) throws(OutputError) in
      pieces += 1
      bytes += piece.count
      if piece.count > 1 << 20 { throw OutputError(.writeFailed, "a piece too large") }
    }
    try OutputFormat.csv.render(values, to: sink)
    #expect(pieces >= rows / 4096)
    let numberBytes = (0..<rows).map { String($0).utf8.count + 1 }.reduce(0, +)
    #expect(bytes == 2 + numberBytes)
  }

  @Test func aCancelledRunStopsItsOutput() {
    let control = RunControl()
    control.cancel()
    let sink = ByteSink { _ in }
    let options = OutputOptions(control: control)
    for format in OutputFormatCatalog.builtin.formats {
      let error = #expect(throws: OutputError.self) {
        try format.render(awkward, options: options, to: sink)
      }
      #expect(error?.kind == .interrupted)
    }
  }

  @Test func aFailedWriteIsPassedOn() {
    let sink = ByteSink { _ throws(OutputError) in throw OutputError(.closed, "left") }
    for format in OutputFormatCatalog.builtin.formats {
      #expect(throws: OutputError.self) { try format.render(awkward, to: sink) }
    }
  }
}
