import PlumbEngine
import Testing

@testable import PlumbShell

@Suite struct CompletionMenuTests {
  private func menu(_ names: [String]) -> CompletionMenu {
    CompletionMenu(
      Completions(
        range: 0..<0,
        candidates: names.map {
          CompletionCandidate($0, .column, type: "float", summary: "What \($0) is.")
        }))
  }

  private func texts(_ menu: CompletionMenu, rows: Int = 10, columns: Int = 40) -> [String] {
    menu.lines(rows: rows, columns: columns).map { $0.parts.map(\.text).joined() }
  }

  @Test func namesTypesAndMeaningsStandInColumns() {
    #expect(
      texts(menu(["auc", "loss"])) == [
        "  auc   float  What auc is.", "  loss  float  What loss is.",
      ])
  }

  @Test func choosingGoesAround() {
    var menu = menu(["a", "b", "c"])
    #expect(menu.chosen == nil)
    menu.move(by: 1)
    #expect(menu.chosen?.text == "a")
    menu.move(by: -1)
    #expect(menu.chosen?.text == "c")
    menu.move(by: 1)
    #expect(menu.chosen?.text == "a")
    menu.move(by: 10)
    #expect(menu.chosen?.text == "c")
  }

  @Test func aLongListScrollsAndSaysHowLongItIs() {
    var menu = menu((1...30).map { "key_\($0)" })
    #expect(texts(menu, rows: 5).last == "  1–4 of 30")
    menu.move(by: -1)
    #expect(texts(menu, rows: 5).last == "  27–30 of 30")
    #expect(texts(menu, rows: 1).count == 1)
  }

  @Test func namesOfDataAreHarmless() {
    for line in menu(["\u{1B}]0;x\u{7}", "b"]).lines(rows: 5, columns: 40) {
      #expect(!Row(line, limit: 40, usesColor: false).text.contains("\u{1B}"))
    }
  }

  @Test func whatAllBeginWith() {
    #expect(CompletionMenu.commonPrefix([]) == "")
    #expect(CompletionMenu.commonPrefix(["where"]) == "where")
    #expect(CompletionMenu.commonPrefix(["val_auc", "val_acc", "val_a"]) == "val_a")
    #expect(CompletionMenu.commonPrefix(["Auc", "auction"]) == "Auc")
    #expect(CompletionMenu.commonPrefix(["é", "è"]) == "")
    #expect(CompletionMenu.commonPrefix(["a", "b"]) == "")
  }
}
