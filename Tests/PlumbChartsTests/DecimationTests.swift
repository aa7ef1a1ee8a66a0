import Testing

@testable import PlumbCharts

@Suite struct DecimationTests {
  /// A single peak among a hundred thousand points stays, and so do both ends.
  @Test func peaksStay() {
    var points = (0..<100_000).map { Point(x: Double($0), y: Double($0 % 7)) }
    points[51_234].y = 1000
    points[81_111].y = -1000
    let kept = decimated(points, buckets: 500, scale: Scale(.linear, low: 0, high: 99_999))
    #expect(kept.count <= 2004)
    #expect(kept.first == points.first && kept.last == points.last)
    #expect(kept.contains(points[51_234]) && kept.contains(points[81_111]))
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x <= $1.x })
  }

  @Test func movingMeanGoesOverNeighbours() {
    let points = [1.0, 2, 3, 4, 5].enumerated().map { Point(x: Double($0), y: $1) }
    #expect(movingMean(points, count: 3).map(\.y) == [1.5, 2, 3, 4, 4.5])
    #expect(movingMean(points, count: 1).map(\.y) == [1, 2, 3, 4, 5])
    #expect(movingMean(points, count: 99).map(\.y) == [3, 3, 3, 3, 3])
  }

  /// Values that differ by many orders of magnitude leave no trace where they are out of reach.
  @Test func movingMeanForgets() {
    let values = [1e17, 1, 1, 1, 1].enumerated().map { Point(x: Double($0), y: $1) }
    #expect(movingMean(values, count: 2).last?.y == 1)
  }

  @Test func everyOutlierHasAField() {
    let scale = Scale(.linear, low: 0, high: 1)
    let points = (0..<10_000).map { _ in Point(x: 0.5, y: 0.5) } + [Point(x: 1, y: 1)]
    let cells = densityCells(points, columns: 10, rows: 10, x: scale, y: scale)
    #expect(cells.map(\.count) == [10_000, 1])
  }
}
