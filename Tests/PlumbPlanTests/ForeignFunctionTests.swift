import PlumbFunctions
import PlumbSyntax
import Testing

/// Functions of other languages are answered with what Plumb has.
@Suite struct ForeignFunctionTests {
  private let catalog = FunctionCatalog.builtin

  private func isKnown(_ name: String) -> Bool {
    catalog.scalars[name] != nil || catalog.aggregates[name] != nil
      || catalog.windows[name] != nil
  }

  @Test func noWordIsAFunctionOfPlumb() {
    for word in ForeignWords.functions.keys { #expect(!isKnown(word), "\(word)") }
  }

  @Test func everyAnswerNamesFunctionsThatExist() {
    for (word, answer) in ForeignWords.functions {
      for match in answer.matches(of: /([a-z_0-9]+)\(/) {
        #expect(isKnown(String(match.output.1)), "\(word): \(match.output.1)")
      }
    }
  }

  @Test func capitalLettersDoNotMatter() {
    #expect(ForeignWords.function("AVG") == "mean(x)")
    #expect(ForeignWords.function("mean") == nil)
  }
}
