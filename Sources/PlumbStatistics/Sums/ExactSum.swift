/// A sum of doubles that carries what rounding takes away.
///
/// After each addition `high + low` is the sum to about 106 bits (Knuth 1969, TAOCP 2, 4.2.2,
/// Theorem B), so that the result does not depend on the order of the rows, the size of batches
/// or the number of threads, unless the sum loses fifteen digits by cancellation. Costs seven
/// operations instead of one; a pass over memory hides most of them.
@usableFromInline
package struct ExactSum: BitwiseCopyable, Sendable {
  @usableFromInline package var high: Double
  @usableFromInline package var low: Double

  @inlinable package init() { self.init(high: 0, low: 0) }

  @inlinable init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// Adds a value.
  @inlinable @inline(__always)
  package mutating func add(_ value: Double) {
    let sum = high + value
    let rounded = sum - high
    low += (high - (sum - rounded)) + (value - rounded)
    high = sum
  }

  /// Takes a value out that was added before.
  @inlinable @inline(__always)
  package mutating func subtract(_ value: Double) { add(-value) }

  /// Adds what another sum holds.
  @inlinable @inline(__always)
  package mutating func merge(_ other: ExactSum) {
    add(other.high)
    low += other.low
  }

  /// The sum, rounded once. Infinite and NaN as IEEE addition has it.
  @inlinable package var value: Double { high.isFinite ? high + low : high }

  @inlinable package var doubleDouble: DoubleDouble {
    high.isFinite ? DoubleDouble(high, low) : DoubleDouble(high)
  }

  /// Adds `count` values; eight lanes, so that additions do not wait for each other.
  @inlinable @inline(__always)
  package mutating func add(_ values: UnsafePointer<Double>, count: Int) {
    var row = 0
    if count >= 32 {
      var (highs0, lows0) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      var (highs1, lows1) = (highs0, lows0)
      while row &+ 8 <= count {
        addLanes(&highs0, &lows0, four(values + row), .zero)
        addLanes(&highs1, &lows1, four(values + (row &+ 4)), .zero)
        row &+= 8
      }
      absorb(highs0, lows0)
      absorb(highs1, lows1)
    }
    while row < count {
      add(values[row])
      row &+= 1
    }
  }
}

extension ExactSum {
  @inlinable @inline(__always)
  mutating func absorb(_ highs: SIMD4<Double>, _ lows: SIMD4<Double>) {
    for lane in 0..<4 { add(highs[lane]) }
    low += (lows[0] + lows[1]) + (lows[2] + lows[3])
  }
}

/// Four values that follow each other.
@inlinable @inline(__always)
package func four(_ values: UnsafePointer<Double>) -> SIMD4<Double> {
  SIMD4(values[0], values[1], values[2], values[3])
}

/// Adds values with known errors lane by lane, as `ExactSum.add` does.
@inlinable @inline(__always)
func addLanes<Lanes: SIMD>(
  _ highs: inout Lanes, _ lows: inout Lanes, _ value: Lanes, _ error: Lanes
) where Lanes.Scalar: FloatingPoint {
  let sum = highs + value
  let rounded = sum - highs
  lows += ((highs - (sum - rounded)) + (value - rounded)) + error
  highs = sum
}
