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
  func examplesGiveTheirResults(_ function: ScalarFunction) {
    for example in function.examples {
      let printed = Result { try ScalarExampleEvaluator().printed(example.code) }
      switch printed {
      case .success(let text): #expect(text == example.result, "\(example.code)")
      // What the resolver refuses is no matter of kernels: the engine's tests run it too.
      case .failure(EvaluationError.unsupported(let reason)):
        #expect(example.result.hasPrefix("error: "), "\(example.code): \(reason)")
      case .failure(let error): Issue.record("\(example.code): \(error)")
      }
    }
  }
}

extension ScalarFunction: CustomTestStringConvertible {
  /// The name of the function.
  public var testDescription: String { name }
}
