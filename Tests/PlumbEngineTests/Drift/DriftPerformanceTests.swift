import Foundation
import PlumbEngine
import Testing

/// What `drift.performance` expects of a classifier, against NannyML's estimates from the same
/// probabilities.
@Suite struct DriftPerformanceTests {
  @Test func agreesWithConfidenceBasedEstimation() throws {
    let file = DriftPair.folder.appendingPathComponent("expected.json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let known = try #require(object["estimated_performance"] as? [String: Any])
    let scores = try #require(known["calibrated_probability"] as? [Double])
    let labels = try #require(known["predicted_label"] as? [Int])
    let estimated = try #require(known["estimated"] as? [String: Double])
    let rows = zip(scores, labels).map { "{score: \($0), prediction: \($1)}" }
      .joined(separator: ", ")
    let table = try #require(
      try Session().run("import drift\ntable([\(rows)]) | drift.performance()").last?.table)
    #expect(try table.integers("n")[0] == scores.count)
    for (name, expected) in estimated {
      let found = try #require(try table.doubles(name)[0])
      // The tool adds up areas rounded to five digits.
      let relative = name == "roc_auc" || name == "average_precision" ? 1e-4 : 1e-9
      #expect(abs(found - expected) <= relative * expected, "\(name): \(found), \(expected)")
    }
  }
}
