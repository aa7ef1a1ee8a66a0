import Glibc

/// The test of Gretton et al. (2012, "A Kernel Two-Sample Test") for several columns at once, with
/// a Gaussian kernel whose width is the median distance: σ² = ½ · the median of the squared
/// distances of each reference point from each, itself included (the upper of two middle ones;
/// ½ where that is 0).
///
/// Takes time and memory in proportion to the square of the number of points.
package struct MaximumMeanDiscrepancy: Sendable {
  /// The unbiased estimate of the squared discrepancy; about 0, also below, without a difference.
  package let statistic: Double
  /// The kernel's σ.
  package let width: Double
  private let kernel: [Double]
  private let n: Int
  private let m: Int

  /// Points row by row, `columns` numbers each. Absent when a sample has fewer than two points.
  package init?(reference: [Double], current: [Double], columns: Int) {
    guard columns > 0 else { return nil }
    let (n, m) = (reference.count / columns, current.count / columns)
    guard n > 1, m > 1 else { return nil }
    let points = reference.prefix(n * columns) + current.prefix(m * columns)
    let count = n + m
    var distances = [Double](repeating: 0, count: count * count)
    var spreads = [Double](repeating: 0, count: n)
    spreads.reserveCapacity(n * n)
    let values = Array(points)
    for row in 0..<count {
      for other in 0..<row {
        var sum = 0.0
        for column in 0..<columns {
          let difference = values[row * columns + column] - values[other * columns + column]
          sum += difference * difference
        }
        distances[row * count + other] = sum
        if row < n {
          spreads.append(sum)
          spreads.append(sum)
        }
      }
    }
    let median = spreads.withUnsafeMutableBufferPointer { selectRank($0, $0.count / 2) }
    let variance = median > 0 ? median / 2 : 0.5
    for row in 0..<count {
      for other in 0..<row {
        distances[row * count + other] = exp(-distances[row * count + other] / (2 * variance))
      }
    }
    kernel = distances
    width = variance.squareRoot()
    self.n = n
    self.m = m
    statistic = Self.discrepancy(distances, Array(0..<count), n)
  }

  /// The random divisions that a p-value takes unless it must be a tool's.
  package static let divisions = 200
  /// The points of a sample that are compared in pairs for a p-value.
  package static let divisionLimit = 500

  /// The share of `permutations` random divisions of all points, and of the given one, whose
  /// discrepancy is at least this one.
  package func pValue(permutations: Int, seed: UInt64) -> Double {
    Double(divisionsAsFar(permutations, seed: seed) + 1) / Double(permutations + 1)
  }

  /// How many of `permutations` random divisions of all points have at least this discrepancy.
  package func divisionsAsFar(_ permutations: Int, seed: UInt64) -> Int {
    var random = SplitMix(seed: seed)
    var order = Array(0..<(n + m))
    var atLeast = 0
    for _ in 0..<permutations {
      for index in stride(from: order.count - 1, to: 0, by: -1) {
        order.swapAt(index, random.next(below: index + 1))
      }
      if Self.discrepancy(kernel, order, n) >= statistic { atLeast += 1 }
    }
    return atLeast
  }

  /// The numbers of at most `limit` of `count` points, the same each time: in their order where
  /// all are taken, else by chance.
  package static func drawn(_ count: Int, limit: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    var random = SplitMix(seed: 1)
    var order = Array(0..<count)
    for index in 0..<limit { order.swapAt(index, index + random.next(below: count - index)) }
    return Array(order[..<limit])
  }

  /// The discrepancy when the first `n` of the points in `order` are the reference.
  private static func discrepancy(_ kernel: [Double], _ order: [Int], _ n: Int) -> Double {
    let count = order.count
    let m = count - n
    var isReference = [Bool](repeating: false, count: count)
    for index in 0..<n { isReference[order[index]] = true }
    var (within, across, other) = (0.0, 0.0, 0.0)
    for row in 0..<count {
      for column in 0..<row {
        let value = kernel[row * count + column]
        if isReference[row] != isReference[column] {
          across += value
        } else if isReference[row] {
          within += value
        } else {
          other += value
        }
      }
    }
    return 2 * within / (Double(n) * Double(n - 1)) + 2 * other / (Double(m) * Double(m - 1))
      - 2 * across / (Double(n) * Double(m))
  }
}
