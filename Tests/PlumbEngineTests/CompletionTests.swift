import PlumbColumns
import PlumbDiagnostics
import PlumbSyntax
import Testing

@testable import PlumbEngine

@Suite struct CompletionTests {
  private let session = Session()

  init() throws {
    try run(
      """
      let runs = table([
        {name: "a", status: "FINISHED", auc: 0.5, `odd name`: 1},
        {name: "b", status: "FINISHED", auc: 0.6, `odd name`: 2},
        {name: "c", status: "FAILED", auc: 0.7, `odd name`: 3}])
      let models = table([{name: "m", owner: "x"}])
      def best(t) = t | top 1 by auc
      """)
  }

  private func run(_ text: String) throws {
    let (program, diagnostics) = session.check(SourceFile(name: "test", text: text))
    let checked = try #require(program, "\(diagnostics.all.map(\.message))")
    #expect(session.run(checked) { _ in } == .finished)
  }

  /// The candidates at the `^` of a text.
  private func candidates(_ text: String) -> [CompletionCandidate] {
    completions(text).candidates
  }

  private func completions(_ text: String) -> Completions {
    let offset = text.utf8.firstIndex(of: UInt8(ascii: "^")).map {
      text.utf8.distance(from: text.startIndex, to: $0)
    }
    return session.completions(
      in: text.replacing("^", with: ""), at: offset ?? text.utf8.count)
  }

  private func names(_ text: String) -> [String] { candidates(text).map(\.text) }

  @Test func columnsAreThoseOfThatPoint() {
    #expect(names("runs | where ^") == ["name", "status", "auc", "`odd name`"])
    #expect(names("runs | select name, score = auc | where ^") == ["name", "score"])
    #expect(names("runs | summarize n = count() by status | sort -^") == ["status", "n"])
    #expect(names("runs | where au^").first == "auc")
    #expect(candidates("runs | where au^").first?.type == "float")
  }

  @Test func textBehindTheCursorDoesNotMatter() {
    #expect(names("runs | where au^ | frobnicate )(").first == "auc")
  }

  @Test func theWordIsWhatIsReplaced() {
    #expect(completions("runs | where au^").range == 13..<15)
    #expect(completions("runs | where ^").range == 13..<13)
  }

  @Test func stagesFollowABar() {
    let found = names("runs | ^")
    #expect(found.contains("where") && found.contains("summarize") && found.contains("best"))
    #expect(!found.contains("auc"))
    #expect(names("runs | su^") == ["summarize"])
  }

  @Test func tablesBeginPipelines() {
    #expect(names("ru^").first == "runs")
    #expect(names("let x = mo^").first == "models")
    #expect(names("runs | join ^").prefix(3) == ["models", "runs", "inner"])
    #expect(names("runs | where name in (mo^").contains("models"))
  }

  @Test func columnsInsideBracketsAreThoseOfTheStage() {
    #expect(names("runs | derive x = round(au^").first == "auc")
    #expect(names("runs | summarize max(^").contains("auc"))
    #expect(names("runs | where name in (models | where ow^").first == "owner")
  }

  @Test func aggregatesAreOfferedWhereTheyMayStand() {
    #expect(names("runs | summarize n = ^").contains("count("))
    #expect(names("runs | summarize n = cou^").contains("count("))
    #expect(!names("runs | where cou^").contains("count("))
    #expect(names("runs | window r = row_n^").contains("row_number("))
    #expect(!names("runs | summarize n = count() by ^").contains("count("))
  }

  @Test func functionsComeWithSignatureAndSummary() throws {
    let round = try #require(candidates("runs | where rou^").first { $0.text == "round(" })
    #expect(round.kind == .function)
    #expect(round.type.hasPrefix("("))
    #expect(!round.summary.isEmpty)
  }

  @Test func valuesOfTextColumnsTheMostFrequentFirst() {
    #expect(names("runs | where status == ^") == ["\"FINISHED\"", "\"FAILED\""])
    #expect(names("runs | where status == \"FA^") == ["\"FAILED\""])
    #expect(names("runs | where status in [\"FAILED\", '^") == ["'FINISHED'", "'FAILED'"])
    #expect(names("runs | where auc == \"^") == [])
    #expect(candidates("runs | where status == ^").first?.type == "2 rows")
  }

  @Test func clausesFollowValues() {
    #expect(names("runs | summarize n = count() ^") == ["by"])
    #expect(names("runs | top 5 by auc ^") == ["per", "with"])
    #expect(names("runs | join models on name su^") == ["suffix = "])
  }

  @Test func chartsHaveKindsChannelsAndSettings() {
    #expect(names("runs | plot ^").prefix(2) == ["line", "scatter"])
    #expect(names("runs | plot b^") == ["bar", "box"])
    #expect(names("runs | plot bar ^").first == "x = ")
    let rest = names("runs | plot bar x = name, ^")
    #expect(rest.first == "y = " && rest.contains("title = "))
    #expect(names("runs | plot bar x = na^").first == "name")
    #expect(names("runs | plot bar x = name, y = cou^").first == "count(")
  }

  @Test func keysWithoutTheirBackquotesAreFound() throws {
    try run("let t = table([{r: {`val/auc`: 1, `val/loss`: 2}}])")
    #expect(completions("t | where r.val/a^").range == 12..<17)
    #expect(names("t | where r.val/a^") == ["`val/auc`"])
    #expect(!names("t | where r.x/a^").contains("`val/auc`"))
  }

  @Test func earlierStatementsOfTheTextCount() {
    #expect(names("let t = table([{zebra: 1}])\nt | where ^") == ["zebra"])
    #expect(names("let t = table([{zebra: 1}]); t | where ze^") == ["zebra"])
  }

  @Test func theLastResultGoesOn() throws {
    try run("runs | select auc")
    #expect(names("| where ^") == ["auc"])
  }

  @Test func nothingInsideCommentsNumbersAndText() {
    for text in ["runs # wh^", "runs | take 5^", "print(\"ru^", "f\"ru^", "let ^", "runs^ | x"] {
      let found = names(text)
      #expect(text == "runs^ | x" || found.isEmpty, "\(text): \(found)")
    }
  }

  @Test func anUnknownPipelineOffersNoColumns() {
    #expect(names("nothing | where ^") == [])
    #expect(names("runs | where (((^") == ["name", "status", "auc", "`odd name`"])
  }

  @Test func everyCursorOfAProgramIsAnswered() {
    let text = """
      let x = [1, 2]; def f(a, b = "é") { if a > 1 { return f"{a:.2f} {b}" } }
      runs | where status == "FINISHED" and name in ["a", 'b'] | derive y = { k: x[0] }.k
      | summarize n = count(), m = max(auc, where = auc > 0.1) by status # end
      | join left models on name == name suffix = "_m" | select runs.*, /x/ | window r = rank() by a
      """
    for offset in 0...text.utf8.count where Array(text.utf8).count > 0 {
      let found = session.completions(in: text, at: offset)
      #expect(found.range.upperBound == offset)
      #expect(found.range.lowerBound <= offset)
    }
  }

  @Test func mistakesAreFoundBeforeAnythingRuns() {
    #expect(session.mistakes(in: "runs | where acu > 1 | take 5") == [13..<16])
    #expect(session.mistakes(in: "runs | where auc > 0.5") == [])
    #expect(session.mistakes(in: "runz") == [0..<4])
    #expect(session.mistakes(in: "open \"nowhere.db\"; nothing | take 1") == [])
    #expect(session.mistakes(in: "runs | where auc >") == [])
  }

  @Test func matchingRanks() {
    let all = ["val_auc", "auc", "Auction", "sauce", "x"].map { CompletionCandidate($0, .column) }
    #expect(all.matching("auc").map(\.text) == ["auc", "Auction", "val_auc", "sauce"])
    #expect(all.matching("").count == 5)
  }
}
