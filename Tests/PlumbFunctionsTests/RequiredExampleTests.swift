import PlumbColumns
import PlumbFunctions
import Testing

/// Every function shows what it makes of null, of NaN, of nothing, and of a mistake.
///
/// That the examples give their results is tested where programs run.
@Suite struct RequiredExampleTests {
  @Test(arguments: ScalarCatalog.all)
  func scalar(_ function: ScalarFunction) {
    let parameters = function.overloads.flatMap(\.parameters)
    check(function.summary, function.examples, parameters.map(\.pattern))
    guard !parameters.isEmpty else { return }
    let codes = function.examples.map(\.code)
    // An empty name of a zone is just another unknown one.
    if parameters.contains(where: { $0.name != "zone" && takesEmpty($0.pattern) }) {
      #expect(codes.contains { $0.contains("\"\"") || $0.contains("[]") }, "an empty input")
    }
  }

  @Test(arguments: AggregateCatalog.all)
  func aggregate(_ function: AggregateFunction) {
    let patterns = function.overloads.flatMap { $0.parameters.map(\.pattern) }
    check(function.summary, function.examples, patterns)
    #expect(
      function.examples.contains { $0.code.contains("| where") && !$0.result.hasPrefix("error") },
      "over no rows")
  }

  @Test(arguments: WindowCatalog.all)
  func window(_ function: WindowFunction) {
    let patterns = function.overloads.flatMap { $0.parameters.map(\.pattern) }
    check(function.summary, function.examples, patterns)
    #expect(
      function.examples.contains { $0.code.contains("| where") && !$0.result.hasPrefix("error") },
      "over no rows")
  }

  private func check(_ summary: String, _ examples: [Example], _ patterns: [TypePattern]) {
    #expect(summary.hasSuffix("."))
    let codes = examples.map(\.code)
    #expect(Set(codes).count == codes.count, "an example stands twice")
    #expect(examples.contains { $0.result.hasPrefix("error: ") }, "an error")
    #expect(examples.contains { !$0.result.hasPrefix("error: ") }, "an ordinary use")
    guard !patterns.isEmpty else { return }
    #expect(codes.contains { $0.contains("null") }, "null")
    if patterns.contains(where: takesFloat) {
      #expect(codes.contains { $0.contains("nan") }, "NaN")
    }
  }

  private func takesFloat(_ pattern: TypePattern) -> Bool {
    switch pattern {
    case .exactly(.float), .number, .quantity: true
    case .list(let element): takesFloat(element)
    default: false
    }
  }

  private func takesEmpty(_ pattern: TypePattern) -> Bool {
    switch pattern {
    case .exactly(.string), .list: true
    default: false
    }
  }
}

extension AggregateFunction: CustomTestStringConvertible {
  /// The name of the function.
  public var testDescription: String { name }
}

extension WindowFunction: CustomTestStringConvertible {
  /// The name of the function.
  public var testDescription: String { name }
}
