import PlumbFunctions
import PlumbPlan
import Testing

/// Every example of every definition shows what the definition says.
@Suite struct DefinitionExampleTests {
  @Test(arguments: StageCatalog.all + StatementCatalog.all + TopicCatalog.all)
  func languageExamples(_ definition: LanguageDefinition) {
    let setup = definition.setup.isEmpty ? "" : definition.setup + "\n"
    for example in definition.examples { check(example, setup: setup) }
  }

  @Test(arguments: AggregateCatalog.all)
  func aggregateExamples(_ function: AggregateFunction) {
    for example in function.examples { check(example) }
  }

  @Test(arguments: WindowCatalog.all)
  func windowExamples(_ function: WindowFunction) {
    for example in function.examples { check(example) }
  }

  @Test(arguments: ScalarCatalog.all)
  func scalarExamples(_ function: ScalarFunction) {
    for example in function.examples { check(example) }
  }

  private func check(_ example: Example, setup: String = "") {
    let printed = ExampleRun.printed(setup + example.code)
    #expect(printed == example.result, "\(example.code)")
  }
}

extension LanguageDefinition: CustomTestStringConvertible {
  /// The name of the definition.
  public var testDescription: String { name }
}

extension AggregateFunction: CustomTestStringConvertible {
  /// The name of the function.
  public var testDescription: String { name }
}

extension WindowFunction: CustomTestStringConvertible {
  /// The name of the function.
  public var testDescription: String { name }
}

extension ScalarFunction: CustomTestStringConvertible {
  /// The name of the function.
  public var testDescription: String { name }
}
