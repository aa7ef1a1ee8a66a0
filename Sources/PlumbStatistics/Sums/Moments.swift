/// Count, sum and sum of squares of values: what mean, variance and standard deviation need.
///
/// Whether all values are the same is kept apart: the rounding of sums would make a little spread
/// of a constant 0.1, and a correlation of that.
@usableFromInline
package struct Moments: BitwiseCopyable, Sendable {
  @usableFromInline package var count: Int
  /// The sum and the sum of squares side by side, and what rounding took away from each: one
  /// addition serves both.
  @usableFromInline var highs: SIMD2<Double>
  @usableFromInline var lows: SIMD2<Double>
  /// The bits of the first value.
  @usableFromInline var firstBits: UInt64
  /// The bits in which a later value differs from the first.
  @usableFromInline var differingBits: UInt64

  @inlinable package init() {
    count = 0
    highs = .zero
    lows = .zero
    firstBits = 0
    differingBits = 0
  }

  @inlinable package var sum: ExactSum { ExactSum(high: highs[0], low: lows[0]) }

  @inlinable package var squares: ExactProductSum {
    ExactProductSum(high: highs[1], low: lows[1])
  }

  /// Takes a value in.
  @inlinable @inline(__always)
  package mutating func add(_ value: Double) {
    firstBits = count == 0 ? value.bitPattern : firstBits
    differingBits |= value.bitPattern ^ firstBits
    count &+= 1
    let square = value * value
    addLanes(
      &highs, &lows, SIMD2(value, square), SIMD2(0, productError(value, value, square)))
  }

  /// Takes a value out that was added before; what is left does not count as constant.
  @inlinable @inline(__always)
  package mutating func subtract(_ value: Double) {
    count &-= 1
    let square = value * value
    addLanes(
      &highs, &lows, SIMD2(-value, -square), SIMD2(0, -productError(value, value, square)))
  }

  /// Adds `count` values, eight at a time.
  @inlinable @inline(__always)
  package mutating func add(_ values: UnsafePointer<Double>, count rows: Int) {
    var row = 0
    if rows >= 32 {
      if count == 0 { firstBits = values[0].bitPattern }
      let firsts = SIMD4(repeating: firstBits)
      var (differing0, differing1) = (SIMD4<UInt64>.zero, SIMD4<UInt64>.zero)
      var (sums0, sumErrors0) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      var (squares0, squareErrors0) = (sums0, sums0)
      var (sums1, sumErrors1, squares1, squareErrors1) = (sums0, sums0, sums0, sums0)
      while row &+ 8 <= rows {
        let first = four(values + row)
        let second = four(values + (row &+ 4))
        addLanes(&sums0, &sumErrors0, first, .zero)
        addLanes(&sums1, &sumErrors1, second, .zero)
        addSquareLanes(&squares0, &squareErrors0, first)
        addSquareLanes(&squares1, &squareErrors1, second)
        differing0 |= unsafeBitCast(first, to: SIMD4<UInt64>.self) ^ firsts
        differing1 |= unsafeBitCast(second, to: SIMD4<UInt64>.self) ^ firsts
        row &+= 8
      }
      count &+= row
      differing0 |= differing1
      for lane in 0..<4 { differingBits |= differing0[lane] }
      absorb(sums0, sumErrors0, squares0, squareErrors0)
      absorb(sums1, sumErrors1, squares1, squareErrors1)
    }
    while row < rows {
      add(values[row])
      row &+= 1
    }
  }

  /// Takes in what another sum has seen.
  @inlinable @inline(__always)
  package mutating func merge(_ other: Moments) {
    if other.count > 0 {
      if count == 0 { firstBits = other.firstBits }
      differingBits |= other.differingBits | (firstBits ^ other.firstBits)
    }
    count &+= other.count
    addLanes(&highs, &lows, other.highs, other.lows)
  }

  /// Takes in lanes of sums and of sums of squares.
  @inlinable @inline(__always)
  mutating func absorb(
    _ sums: SIMD4<Double>, _ sumErrors: SIMD4<Double>, _ squares: SIMD4<Double>,
    _ squareErrors: SIMD4<Double>
  ) {
    for lane in 0..<4 {
      addLanes(
        &highs, &lows, SIMD2(sums[lane], squares[lane]),
        SIMD2(sumErrors[lane], squareErrors[lane]))
    }
  }

  /// The mean; NaN over nothing.
  package var mean: Double {
    guard sum.high.isFinite else { return sum.high }
    return (sum.doubleDouble / Double(count)).value
  }

  /// Whether all values are one finite number.
  package var isConstant: Bool {
    count > 0 && differingBits == 0 && Double(bitPattern: firstBits).isFinite
  }

  /// Whether finite values have overflowed, so that taking one out does not bring the sums back.
  @inlinable package var isOverflown: Bool {
    !sum.high.isFinite || !squares.high.isFinite
  }

  /// The sum of squared distances from the mean; NaN when a value was infinite or NaN.
  package var squaredDistances: Double {
    if isConstant { return 0 }
    if count == 0 || !sum.high.isFinite { return .nan }
    let mean = sum.doubleDouble / Double(count)
    let distances = squares.doubleDouble - mean * sum.doubleDouble
    if distances.high.isNaN { return .infinity }
    return Swift.max(0, distances.value)
  }

  /// The sample variance; absent for fewer than two values.
  package var variance: Double? {
    count < 2 ? nil : squaredDistances / Double(count - 1)
  }

  /// The sample standard deviation; absent for fewer than two values.
  package var standardDeviation: Double? { variance.map { $0.squareRoot() } }
}

/// Adds squares lane by lane with their rounding errors.
@inlinable @inline(__always)
func addSquareLanes(
  _ highs: inout SIMD4<Double>, _ lows: inout SIMD4<Double>, _ value: SIMD4<Double>
) {
  let product = value * value
  let error = (-product).addingProduct(value, value)
  addLanes(&highs, &lows, product, error)
}
