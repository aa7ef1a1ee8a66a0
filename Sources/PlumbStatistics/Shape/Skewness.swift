/// The skewness of values, corrected for bias; absent for fewer than three values or equal ones.
///
/// G₁ of Joanes and Gill 1998, "Comparing measures of sample skewness and kurtosis".
package func sampleSkewness(_ pieces: [UnsafeBufferPointer<Double>]) -> Double? {
  let moments = CentralMoments(pieces)
  let n = moments.count
  if n < 3 || moments.second == 0 { return nil }
  let biased = moments.third / (moments.second * moments.second.squareRoot())
  return biased * (n * (n - 1)).squareRoot() / (n - 2)
}

/// The excess kurtosis of values, corrected for bias; absent for fewer than four values or equal
/// ones.
///
/// G₂ of Joanes and Gill 1998, "Comparing measures of sample skewness and kurtosis".
package func sampleKurtosis(_ pieces: [UnsafeBufferPointer<Double>]) -> Double? {
  let moments = CentralMoments(pieces)
  let n = moments.count
  if n < 4 || moments.second == 0 { return nil }
  let biased = moments.fourth / (moments.second * moments.second) - 3
  return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * biased + 6)
}

/// The means of the powers of the distances from the mean.
private struct CentralMoments {
  let count: Double
  private(set) var second = 0.0
  private(set) var third = 0.0
  private(set) var fourth = 0.0

  init(_ pieces: [UnsafeBufferPointer<Double>]) {
    count = Double(pieces.reduce(0) { $0 + $1.count })
    var sum = ExactSum()
    for piece in pieces {
      if let base = piece.baseAddress { sum.add(base, count: piece.count) }
    }
    // Rounded once, so that the mean of equal values is that value.
    let mean = (sum.doubleDouble / count).value
    var (squares, cubes, fourths) = (ExactSum(), ExactSum(), ExactSum())
    for piece in pieces {
      for value in piece {
        let distance = value - mean
        let square = distance * distance
        squares.add(square)
        cubes.add(square * distance)
        fourths.add(square * square)
      }
    }
    second = squares.value / count
    third = cubes.value / count
    fourth = fourths.value / count
  }
}

/// The median distance of values without NaN from their median; absent over nothing.
package func medianAbsoluteDeviation(_ pieces: [UnsafeBufferPointer<Double>]) -> Double? {
  let count = pieces.reduce(0) { $0 + $1.count }
  guard count > 0 else { return nil }
  let median = selectQuantile(pieces: pieces, 0.5)
  let distances = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
  defer { distances.deallocate() }
  var filled = 0
  for piece in pieces {
    for value in piece {
      // Of an infinity from an infinite median the distance is 0, not NaN.
      distances[filled] = value == median ? 0 : abs(value - median)
      filled += 1
    }
  }
  return selectQuantile(distances, 0.5)
}
