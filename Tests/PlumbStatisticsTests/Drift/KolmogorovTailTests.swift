import Foundation
import PlumbStatistics
import Testing

/// The distribution of Kolmogorov's statistic against its exact values.
@Suite struct KolmogorovTailTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let count: Int
    let distance: Double
    let probability: Double

    var testDescription: String { "\(distance) of \(count)" }
  }

  static let cases: [Case] = {
    let file = GoldenDrift.folder.deletingLastPathComponent()
      .appendingPathComponent("kolmogorov/tails.csv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: ",")
      guard cells.count == 3, let count = Int(cells[0]), let distance = Double(cells[1]),
        let probability = Double(cells[2])
      else { return nil }
      return Case(count: count, distance: distance, probability: probability)
    }
  }()

  @Test func allCasesAreRead() { #expect(Self.cases.count == 68) }

  @Test(arguments: cases)
  func agreesWithTheExactValue(_ example: Case) {
    let found = kolmogorovUpperTail(example.distance, count: example.count)
    // Up to 140 values it is computed exactly, beyond by four terms of an expansion in 1/√n.
    let relative = example.count <= 140 ? 1e-10 : example.count < 1000 ? 3e-5 : 1e-6
    let error = abs(found / example.probability - 1)
    #expect(error < relative, "\(found), exactly \(example.probability), off by \(error)")
  }
}
