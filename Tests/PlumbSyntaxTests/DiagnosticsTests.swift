import PlumbDiagnostics
import PlumbSyntax
import Testing

@Suite struct DiagnosticsTests {
  private func render(
    _ text: String, _ range: Range<Int>, label: String? = nil, notes: [String] = [],
    help: String? = nil, color: Bool = false, columns: Int? = nil
  ) -> String {
    let file = SourceFile(name: "audit.plumb", text: text)
    let diagnostic = Diagnostic(
      .unknownColumn, "unknown column `val_acu`",
      at: SourceRange(file, range.lowerBound, range.upperBound), label: label, notes: notes,
      help: help)
    return DiagnosticRenderer(usesColor: color, columns: columns).render(diagnostic)
  }

  @Test func notesAreBrokenBetweenWordsAtTheWindow() {
    let notes = ["columns here: `one`, `two`, `three`, `four`"]
    #expect(
      render("x", 0..<1, notes: notes, columns: 30).contains(
        """
          note: columns here: `one`,
                `two`, `three`, `four`

        """))
    #expect(render("x", 0..<1, notes: notes).contains("  note: \(notes[0])\n"))
  }

  @Test func formOfTheReference() {
    #expect(
      render(
        "a\n\n\n| where val_acu > 0.9\n", 12..<19, label: "did you mean `val_auc`?",
        notes: ["columns here: a, b"], help: "say\nmore")
          == """
          error[E0203]: unknown column `val_acu`
            audit.plumb:4:9
          4 | | where val_acu > 0.9
            |         ^^^^^^^ did you mean `val_auc`?
            note: columns here: a, b
            help: say
                  more

          """)
  }

  @Test func underlineGoesByDisplayWidth() {
    #expect(render("日本\té x", 6..<9).contains("1 | 日本    é x\n  |     ^^^^^\n"))
    #expect(render("👩‍👩‍👧x", 25..<26).contains("1 | 👩‍👩‍👧x\n  |   ^\n") || "👩‍👩‍👧".utf8.count != 25)
    #expect(render("ab\ncd", 1..<5).contains("1 | ab\n  |  ^\n"))
    #expect(render("ab", 2..<2).contains("1 | ab\n  |   ^\n"))
    #expect(render("", 0..<0).contains("audit.plumb:1:1\n1 |\n  | ^\n"))
    #expect(render("ab\r\ncd", 0..<2).contains("1 | ab\n  | ^^\n"))
  }

  @Test func longLinesAreCut() {
    let text = String(repeating: "é", count: 5_000_000)
    let shown = render(text, 4_000_000..<4_000_002)
    #expect(shown.utf8.count < 600)
    #expect(shown.contains("audit.plumb:1:2000001\n"))
    #expect(shown.contains("…"))
    let lines = shown.split(separator: "\n")
    let caret = lines[3].firstIndex(of: "^").map {
      lines[3].distance(from: lines[3].startIndex, to: $0)
    }
    #expect(caret == 35)
  }

  @Test func terminalsAreSafe() {
    let shown = render("a\u{1B}[2J\u{202E}b", 0..<1, label: "x\u{7}y")
    #expect(shown.contains("1 | a\\u{1B}[2J\\u{202E}b"))
    #expect(shown.contains("x\\u{7}y"))
    #expect(!shown.unicodeScalars.contains("\u{1B}"))
    #expect(render("ab", 0..<1, color: true).contains("\u{1B}[1;31merror[E0203]\u{1B}[0m"))
  }

  @Test func placeless() {
    let diagnostic = Diagnostic(
      .cannotOpen, "cannot open `x`", at: nil, severity: .warning, help: "look")
    #expect(
      DiagnosticRenderer().render(diagnostic)
        == "warning[E0501]: cannot open `x`\n  help: look\n")
  }

  @Test func collectorSortsAndCounts() {
    let file = SourceFile(name: "a", text: "abc")
    var diagnostics = Diagnostics()
    diagnostics.error(.unknownName, "two", at: SourceRange(file, 2, 3))
    diagnostics.error(.unknownName, "one", at: SourceRange(file, 0, 1))
    diagnostics.error(.unknownName, "again", at: SourceRange(file, 0, 1))
    diagnostics.warning(.dataWarning, "three", at: nil)
    #expect(diagnostics.displayed.map(\.message) == ["three", "one", "two"])
    #expect(diagnostics.errorCount == 2)
    #expect(diagnostics.hiddenErrorCount == 0)
  }

  @Test func codesAreSortedAndUnique() {
    let ids = DiagnosticCode.all.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(DiagnosticCode.all.allSatisfy { !$0.meaning.isEmpty && !$0.meaning.hasSuffix(".") })
  }

  @Test func nearestNames() {
    let names = ["val_auc", "val_loss", "where", "sort", "x"]
    #expect(nearestName(to: "val_acu", in: names) == "val_auc")
    #expect(nearestName(to: "VAL_AUC", in: names) == "val_auc")
    #expect(nearestName(to: "wher", in: names) == "where")
    #expect(nearestName(to: "y", in: names) == nil)
    #expect(nearestName(to: "banana", in: names) == nil)
    #expect(nearestName(to: "", in: names) == nil)
    #expect(nearestName(to: String(repeating: "a", count: 1_000_000), in: names) == nil)
  }

  @Test func positions() {
    let file = SourceFile(name: "a", text: "é b\r\nc\n")
    #expect(file.position(at: 0) == (1, 1))
    #expect(file.position(at: 3) == (1, 3))
    #expect(file.position(at: 6) == (2, 1))
    #expect(file.position(at: 8) == (3, 1))
    #expect(file.position(at: 100) == (3, 1))
    #expect(file.bounds(ofLine: 1) == 0..<4)
    #expect(file.bounds(ofLine: 3) == 8..<8)
  }
}
