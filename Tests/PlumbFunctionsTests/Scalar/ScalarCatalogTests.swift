import PlumbColumns
import PlumbFunctions
import Testing

/// What holds for every scalar function.
@Suite struct ScalarCatalogTests {
  static let names = ScalarCatalog.all.map(\.name)

  @Test func namesAreUnique() {
    #expect(Set(Self.names).count == Self.names.count)
  }

  @Test func topicsAreSorted() {
    let topics = ScalarCatalog.all.map(\.topic)
    var runs: [String] = []
    for topic in topics where runs.last != topic { runs.append(topic) }
    #expect(runs.count == Set(topics).count, "the functions of a topic stand together")
    for topic in runs {
      let names = ScalarCatalog.all.filter { $0.topic == topic }.map(\.name)
      #expect(names == names.sorted())
    }
  }

  @Test func foreignNamesPointToFunctions() {
    for (foreign, answer) in ScalarCatalog.foreignNames {
      #expect(!Self.names.contains(foreign), "\(foreign) is a function here")
      // Whole words in backquotes are names of functions; others are expressions.
      let quoted = answer.split(separator: "`", omittingEmptySubsequences: false)
      for (index, part) in quoted.enumerated() where index % 2 == 1 {
        let isName = part.allSatisfy { $0.isLowercase || $0 == "_" }
        if isName, part != "list", part != "explode" {
          #expect(Self.names.contains(String(part)), "\(foreign): \(part)")
        }
      }
    }
  }

  @Test(arguments: ScalarCatalog.all)
  func isDocumented(_ function: ScalarFunction) {
    #expect(function.summary.hasSuffix("."))
    #expect(!function.overloads.isEmpty)
    #expect(function.name.allSatisfy { $0 == "_" || $0.isNumber || $0.isLowercase })
    for parameter in function.overloads.flatMap(\.parameters) {
      #expect(!parameter.name.isEmpty)
    }
  }

  @Test(arguments: ScalarCatalog.all)
  func hasTheRequiredExamples(_ function: ScalarFunction) {
    let patterns = function.overloads.flatMap { $0.parameters.map(\.pattern) }
    let codes = function.examples.map(\.code)
    #expect(!codes.isEmpty)
    guard !patterns.isEmpty else { return }
    #expect(codes.contains { $0.contains("null") }, "an example with null")
    if patterns.contains(where: takesFloat) {
      #expect(codes.contains { $0.contains("nan") }, "an example with NaN")
    }
    // An empty name of a zone is just another unknown one.
    let others = function.overloads.flatMap { $0.parameters.filter { $0.name != "zone" } }
    if others.map(\.pattern).contains(where: takesEmpty) {
      #expect(codes.contains { $0.contains("\"\"") || $0.contains("[]") }, "an empty input")
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

  @Test(arguments: ScalarCatalog.all)
  func examplesGiveTheirResults(_ function: ScalarFunction) {
    for example in function.examples {
      let printed = Result { try ScalarExampleEvaluator().printed(example.code) }
      switch printed {
      case .success(let text): #expect(text == example.result, "\(example.code)")
      case .failure(let error): Issue.record("\(example.code): \(error)")
      }
    }
  }
}

extension ScalarFunction: CustomTestStringConvertible {
  /// The name of the function.
  public var testDescription: String { name }
}
