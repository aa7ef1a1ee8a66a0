import PlumbDiagnostics
import PlumbEngine
import PlumbFunctions
import PlumbPlan
import Testing

@testable import PlumbSyntax

/// What holds for every stage, statement and topic.
@Suite struct LanguageDefinitionTests {
  static let all = StageCatalog.all + StatementCatalog.all + TopicCatalog.all

  @Test(arguments: all)
  func isDocumented(_ definition: LanguageDefinition) {
    #expect(definition.summary.hasSuffix("."))
    #expect(definition.details.isEmpty || definition.details.hasSuffix("."))
    for part in definition.parts { #expect(!part.meaning.isEmpty, "\(part.name)") }
  }

  /// The parameters and metrics of a store cannot be written out in an example.
  @Test(arguments: all.filter { $0.name != "families" })
  func hasExamples(_ definition: LanguageDefinition) {
    #expect(!definition.examples.isEmpty)
  }

  @Test(arguments: all)
  func pointsToPages(_ definition: LanguageDefinition) {
    let help = Session().help
    for name in definition.related {
      #expect(!help.pages(for: name).isEmpty, "\(name)")
      #expect(name != definition.name)
    }
  }

  @Test func namesAreUnique() {
    for definitions in [StageCatalog.all, StatementCatalog.all, TopicCatalog.all] {
      let names = definitions.flatMap { [$0.name] + $0.aliases }
      #expect(Set(names).count == names.count)
    }
  }

  @Test func everyStageAndStatementIsDefined() {
    #expect(StageKeyword.allCases.allSatisfy { $0.definition != nil })
    #expect(StatementKeyword.allCases.allSatisfy { $0.definition != nil })
  }

  /// The lists by topic leave nothing out.
  @Test func topicsAreComplete() {
    #expect(
      StageCatalog.all.count == StageKeyword.allCases.count { $0.definition != nil })
    let statements = StatementKeyword.allCases.count { $0.definition != nil }
    #expect(StatementCatalog.all.count == statements + 10)
  }

  @Test(arguments: StageKeyword.allCases.filter { $0.definition != nil })
  func clausesAndOptionsAreExplained(_ stage: StageKeyword) throws {
    let definition = try #require(stage.definition)
    #expect(definition.name == stage.rawValue)
    let forms = definition.forms.joined(separator: "\n")
    let parts = definition.parts.flatMap { $0.name.split(separator: " ").map(String.init) }
    for option in stage.options ?? [] {
      #expect(forms.contains("\(option) ="), "the form has no option `\(option)`")
      #expect(parts.contains(option), "`\(option)` is not explained")
    }
    for clause in stage.clauses {
      #expect(forms.contains(clause), "the form has no clause `\(clause)`")
    }
  }

  /// The form of a stage is one that the parser takes.
  @Test(arguments: StageKeyword.allCases.filter { $0.definition != nil })
  func examplesUseTheStage(_ stage: StageKeyword) throws {
    let definition = try #require(stage.definition)
    #expect(definition.examples.allSatisfy { $0.code.contains(stage.rawValue) })
    for form in definition.forms { #expect(form.hasPrefix(stage.rawValue)) }
  }

  /// Every operator between operands is found by its own sign.
  @Test(arguments: infixOperatorSigns)
  func operatorsAreExplained(_ sign: String) {
    #expect(!Session().help.pages(for: sign).isEmpty)
  }

  /// The topic `operators` shows the levels of the parser's table, in its order.
  @Test func operatorLevelsAreThoseOfTheParser() throws {
    let topic = try #require(TopicCatalog.all.first { $0.name == "operators" })
    let shown = topic.parts.flatMap { $0.name.split(separator: " ").map(String.init) }
    let levels = infixOperatorSigns
    #expect(shown.filter(levels.contains) == levels)
  }
}

/// The operators between operands, the loosest first.
private let infixOperatorSigns: [String] = infixOperators.map { row in
  switch row.form {
  case .left(let sign), .associative(let sign), .right(let sign), .comparison(let sign),
    .match(let sign):
    sign.rawValue
  case .membership: "in"
  case .between: "between"
  case .range: ".."
  }
}
