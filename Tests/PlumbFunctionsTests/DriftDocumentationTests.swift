import PlumbFunctions
import Testing

/// The page of each statistic of drift says what it is, when to use it, and whom to cite.
@Suite struct DriftDocumentationTests {
  private static let detectors: Set = [
    "adwin", "cusum", "ddm", "eddm", "hddm_a", "hddm_w", "kswin", "page_hinkley",
  ]

  @Test func aggregates() {
    let statistics = AggregateCatalog.all.filter { function in
      function.name == "change_point"
        || function.overloads.contains { $0.parameters.contains { $0.name == "split" } }
    }
    #expect(statistics.count >= 27)
    for function in statistics { check(function.name, function.details) }
  }

  @Test func sequentialDetectors() {
    let detectors = WindowCatalog.all.filter { Self.detectors.contains($0.name) }
    #expect(detectors.count == Self.detectors.count)
    for function in detectors { check(function.name, function.details) }
  }

  private func check(_ name: String, _ details: String) {
    #expect(details.contains("Use it "), "`\(name)` does not say when to use it")
    #expect(details.contains("Cite "), "`\(name)` does not say whom to cite")
  }
}
