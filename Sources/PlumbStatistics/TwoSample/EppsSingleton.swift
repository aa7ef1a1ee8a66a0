import Glibc

/// The test of Epps and Singleton (1986, "An omnibus test for the two-sample problem using the
/// empirical characteristic function"): whether the means of cosines and sines of the values agree.
///
/// With the points 0.4 and 0.8 over half the interquartile range of all values, and the correction
/// for small samples, as SciPy has it.
package struct EppsSingleton: Sendable, Equatable {
  package let statistic: Double
  /// The rank of the covariance: 4 unless the values are few or few different ones.
  package let degrees: Int

  /// Absent for fewer than five values in a sample, and where the middle half of all values is one
  /// value.
  package init?(_ pair: SortedPair) {
    let (n, m) = (Double(pair.referenceCount), Double(pair.currentCount))
    guard n >= 5, m >= 5 else { return nil }
    let spread = pair.pooledQuantile(0.75) - pair.pooledQuantile(0.25)
    guard spread > 0 else { return nil }
    let points = (0.4 / (spread / 2), 0.8 / (spread / 2))
    let reference = CharacteristicMoments(pair.reference, points)
    let current = CharacteristicMoments(pair.current, points)
    let total = n + m
    var covariance = SymmetricMatrix(size: 4)
    for row in 0..<4 {
      for column in 0..<4 {
        covariance[row, column] =
          total / n * reference.covariance[row, column]
          + total / m * current.covariance[row, column]
      }
    }
    let difference = (0..<4).map { reference.means[$0] - current.means[$0] }
    let (form, rank) = covariance.inverseForm(difference)
    var value = total * form
    if max(n, m) < 25 {
      value *= 1 / (1 + pow(total, -0.45) + 10.1 * (pow(n, -1.7) + pow(m, -1.7)))
    }
    statistic = value
    degrees = rank
  }

  package var pValue: Double { chiSquareUpperTail(statistic, degrees: Double(degrees)) }
}

/// The means and covariances of the cosines and sines of a sample at two points.
private struct CharacteristicMoments {
  var means = [Double](repeating: 0, count: 4)
  var covariance = SymmetricMatrix(size: 4)

  init(_ values: UnsafeBufferPointer<Double>, _ points: (Double, Double)) {
    func parts(_ value: Double) -> [Double] {
      let (first, second) = (points.0 * value, points.1 * value)
      return [cos(first), cos(second), sin(first), sin(second)]
    }
    let n = Double(values.count)
    for value in values {
      let parts = parts(value)
      for index in 0..<4 { means[index] += parts[index] }
    }
    for index in 0..<4 { means[index] /= n }
    for value in values {
      let parts = parts(value)
      for row in 0..<4 {
        for column in 0..<4 {
          covariance[row, column] +=
            (parts[row] - means[row]) * (parts[column] - means[column]) / n
        }
      }
    }
  }
}

extension SortedPair {
  /// The quantile `p` of the values of both samples (Hyndman and Fan 1996, type 7). At least one.
  fileprivate func pooledQuantile(_ p: Double) -> Double {
    let place = QuantilePlace(p, count: reference.count + current.count)
    var (lower, upper) = (Double.nan, Double.nan)
    walkDistinct { ranks in
      let upTo = ranks.referenceUpTo + ranks.currentUpTo
      if lower.isNaN, upTo > place.rank { lower = ranks.value }
      if upTo > place.rank + 1 { upper = ranks.value }
      return upper.isNaN
    }
    return place.interpolate(lower, upper.isNaN ? lower : upper)
  }
}

/// A small symmetric matrix.
private struct SymmetricMatrix {
  let size: Int
  private var values: [Double]

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  /// The quadratic form of a vector with the pseudoinverse, and the rank: by the eigenvalues, of
  /// which those at most 1e-13 of the greatest count as 0.
  func inverseForm(_ vector: [Double]) -> (form: Double, rank: Int) {
    let (eigenvalues, vectors) = diagonalized()
    let least = 1e-13 * (eigenvalues.map(abs).max() ?? 0)
    var (form, rank) = (0.0, 0)
    for index in 0..<size where abs(eigenvalues[index]) > least {
      var projection = 0.0
      for row in 0..<size { projection += vectors[row, index] * vector[row] }
      form += projection * projection / eigenvalues[index]
      rank += 1
    }
    return (form, rank)
  }

  /// The eigenvalues and, in the columns of a matrix, their vectors: by rotations that make one
  /// element after the other zero (Jacobi 1846).
  private func diagonalized() -> (values: [Double], vectors: SymmetricMatrix) {
    var matrix = self
    var vectors = SymmetricMatrix(size: size)
    for index in 0..<size { vectors[index, index] = 1 }
    for _ in 0..<50 {
      var isDiagonal = true
      for row in 0..<size {
        for column in (row + 1)..<size where matrix[row, column] != 0 {
          isDiagonal = false
          matrix.rotate(row, column, &vectors)
        }
      }
      if isDiagonal { break }
    }
    return ((0..<size).map { matrix[$0, $0] }, vectors)
  }

  /// Rotates rows and columns `p` and `q` so that their common element becomes zero.
  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout SymmetricMatrix) {
    let theta = (self[q, q] - self[p, p]) / (2 * self[p, q])
    let sign: Double = theta < 0 ? -1 : 1
    let tangent = sign / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for index in 0..<size {
      let (first, second) = (self[index, p], self[index, q])
      self[index, p] = cosine * first - sine * second
      self[index, q] = sine * first + cosine * second
    }
    for index in 0..<size {
      let (first, second) = (self[p, index], self[q, index])
      self[p, index] = cosine * first - sine * second
      self[q, index] = sine * first + cosine * second
      let (own, other) = (vectors[index, p], vectors[index, q])
      vectors[index, p] = cosine * own - sine * other
      vectors[index, q] = sine * own + cosine * other
    }
    (self[p, q], self[q, p]) = (0, 0)
  }
}
