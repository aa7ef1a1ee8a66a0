import PlumbSyntax
import Testing

@testable import PlumbShell

@Suite struct PainterTests {
  private func view(
    _ text: String, cursor: Int? = nil, columns: Int = 20, rows: Int = 6
  ) -> EntryView {
    var view = EntryView()
    view.text = text
    view.cursor = cursor ?? text.unicodeScalars.count
    view.prompt = StyledText("plumb> ", .prompt)
    view.continuation = StyledText("     > ", .continuation)
    view.columns = columns
    view.rows = rows
    return view
  }

  /// Paints views one after the other, as keys make them, on one screen.
  private func screen(
    _ views: [EntryView], before: String = "", columns: Int = 20, rows: Int = 6
  ) -> ScreenModel {
    var screen = ScreenModel(columns: columns, rows: rows)
    screen.feed(before.utf8)
    var painter = Painter()
    var top = 0
    for view in views {
      let frame = Frame(view, top: top)
      top = frame.top
      screen.feed(painter.paint(frame).utf8)
    }
    #expect(screen.unknown.isEmpty)
    return screen
  }

  @Test func promptTextAndCursor() {
    let screen = screen([view("runs", cursor: 2)])
    #expect(screen.text == "plumb> runs")
    #expect((screen.row, screen.column) == (0, 9))
  }

  @Test func linesHaveAContinuationPrompt() {
    let screen = screen([view("a |\nb")])
    #expect(screen.lines[..<2] == ["plumb> a |", "     > b"])
    #expect((screen.row, screen.column) == (1, 8))
  }

  @Test func longLinesWrapAtTheMargin() {
    let screen = screen([view("abcdefghijklmnopq")])
    #expect(screen.lines[..<2] == ["plumb> abcdefghijklm", "nopq"])
    #expect((screen.row, screen.column) == (1, 4))
  }

  @Test func theCursorBehindAFullRowStandsOnTheNext() {
    let screen = screen([view("abcdefghijklm")])
    #expect(screen.lines[0] == "plumb> abcdefghijklm")
    #expect((screen.row, screen.column) == (1, 0))
  }

  @Test func wideCharactersAreNotCutAtTheMargin() {
    let screen = screen([view("abcdefghijkl漢字")])
    #expect(screen.lines[..<2] == ["plumb> abcdefghijkl", "漢字"])
    #expect((screen.row, screen.column) == (1, 4))
  }

  @Test func graphemesOfSeveralScalarsTakeTheirWidth() {
    let family = "👨‍👩‍👧"
    let screen = screen([view("é\(family)🇩🇪x")])
    #expect(screen.lines[0] == "plumb> é\(family)🇩🇪x")
    #expect(screen.column == 7 + 1 + 2 + 2 + 1)
  }

  @Test func growingAndShrinkingLeaveNothingBehind() {
    let texts = ["a", "a |\nb |\nc", "a |\nb", "", "x\ny\nz\n"]
    let painted = screen(texts.map { view($0) }, before: "above\r\n")
    let fresh = screen([view("x\ny\nz\n")], before: "above\r\n")
    #expect(painted.lines == fresh.lines)
    #expect((painted.row, painted.column) == (fresh.row, fresh.column))
  }

  @Test func paintingFromTheBottomScrolls() {
    let before = String(repeating: "\r\n", count: 5)
    let painted = screen([view("a"), view("a\nb\nc")], before: before)
    #expect(painted.lines == ["", "", "", "plumb> a", "     > b", "     > c"])
  }

  @Test func textTallerThanTheScreenShowsThePartAroundTheCursor() {
    let text = (1...10).map { "line \($0)" }.joined(separator: "\n")
    let end = view(text)
    let start = view(text, cursor: 0)
    #expect(screen([end]).lines == (5...10).map { "     > line \($0)" })
    let moved = screen([end, start])
    #expect(moved.lines[0] == "plumb> line 1")
    #expect(moved.lines[5] == "     > line 6")
    #expect((moved.row, moved.column) == (0, 7))
  }

  @Test func aMenuStandsBelowAndGoes() {
    var open = view("runs | w")
    open.below = [StyledText("  where"), StyledText("  window")]
    let painted = screen([open])
    #expect(painted.lines[..<3] == ["plumb> runs | w", "  where", "  window"])
    #expect((painted.row, painted.column) == (0, 15))
    #expect(screen([open, view("runs | where")]).text == "plumb> runs | where")
  }

  @Test func aMenuInATinyWindowLeavesTheEntry() {
    var open = view("runs", rows: 3)
    open.below = (1...9).map { StyledText("item \($0)") }
    let painted = screen([open], rows: 3)
    #expect(painted.lines == ["plumb> runs", "item 1", ""])
  }

  @Test func suggestionsAreFaintAndBehindTheCursor() {
    var suggesting = view("ru")
    suggesting.suggestion = "ns | count"
    let painted = screen([suggesting])
    #expect(painted.lines[0] == "plumb> runs | count")
    #expect(painted.column == 9)
    #expect(painted.looks(of: "ns |") == "90")
  }

  @Test func looksColourPieces() {
    var coloured = view("runs | take 5")
    coloured.looks = [
      EntryView.Look(range: 7..<11, style: .code(.stage)),
      EntryView.Look(range: 12..<13, style: .code(.number)),
    ]
    let painted = screen([coloured])
    #expect(painted.looks(of: "runs") == "")
    #expect(painted.looks(of: "take") == "1;34")
    #expect(painted.looks(of: "5") == "33")
    coloured.usesColor = false
    #expect(screen([coloured]).looks(of: "take") == "")
  }

  @Test func controlCharactersAndOverridesAreWrittenOut() {
    let painted = screen([view("a\u{1B}]0;x\u{7}b\u{202E}c", columns: 60)], columns: 60)
    #expect(painted.lines[0] == #"plumb> a\u{1B}]0;x\u{7}b\u{202E}c"#)
    #expect(painted.title == "")
  }

  @Test func tabsTakeFourColumns() {
    let painted = screen([view("a\tb")])
    #expect(painted.lines[0] == "plumb> a    b")
    #expect(painted.column == 13)
  }

  @Test func aKeyPaintsOnlyItsRow() {
    var painter = Painter()
    _ = painter.paint(Frame(view("first |\nseco")))
    let bytes = painter.paint(Frame(view("first |\nsecon")))
    #expect(!bytes.contains("first"))
    #expect(bytes.contains("secon"))
    #expect(painter.paint(Frame(view("first |\nsecon"))) == "")
  }

  @Test func finishingLeavesTheCursorOnTheLineBelow() {
    var screen = ScreenModel(columns: 20, rows: 6)
    var painter = Painter()
    screen.feed(painter.paint(Frame(view("a\nb", cursor: 0))).utf8)
    screen.feed(painter.finish(Frame(view("a\nb"))).utf8)
    screen.feed("out".utf8)
    #expect(screen.lines[..<3] == ["plumb> a", "     > b", "out"])
  }

  @Test func aNarrowerWindowErasesTheWrappedRows() {
    var screen = ScreenModel(columns: 20, rows: 6)
    var painter = Painter()
    screen.feed("above\r\n".utf8)
    screen.feed(painter.paint(Frame(view("abcdefghijkl |\nsecond"))).utf8)
    screen.resize(columns: 12, rows: 6)
    screen.feed(painter.erase(columns: 12).utf8)
    #expect(screen.text == "above")
  }
}
