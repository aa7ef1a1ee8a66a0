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
      var highs0 = SIMD2<Double>.zero
      var lows0 = SIMD2<Double>.zero
      var (highs1, lows1, highs2, lows2, highs3, lows3) = (
        highs0, lows0, highs0, lows0, highs0, lows0
      )
      while row &+ 8 <= count {
        addLanes(&highs0, &lows0, pair(values + row), .zero)
        addLanes(&highs1, &lows1, pair(values + (row &+ 2)), .zero)
        addLanes(&highs2, &lows2, pair(values + (row &+ 4)), .zero)
        addLanes(&highs3, &lows3, pair(values + (row &+ 6)), .zero)
        row &+= 8
      }
      absorb(highs0, lows0)
      absorb(highs1, lows1)
      absorb(highs2, lows2)
      absorb(highs3, lows3)
    }
    while row < count {
      add(values[row])
      row &+= 1
    }
  }
}

extension ExactSum {
  @inlinable @inline(__always)
  mutating func absorb(_ highs: SIMD2<Double>, _ lows: SIMD2<Double>) {
    add(highs[0])
    add(highs[1])
    low += lows[0] + lows[1]
  }
}

@inlinable @inline(__always)
func pair(_ values: UnsafePointer<Double>) -> SIMD2<Double> { SIMD2(values[0], values[1]) }

/// Adds values with known errors lane by lane, as `ExactSum.add` does.
@inlinable @inline(__always)
func addLanes(
  _ highs: inout SIMD2<Double>, _ lows: inout SIMD2<Double>, _ value: SIMD2<Double>,
  _ error: SIMD2<Double>
) {
  let sum = highs + value
  let rounded = sum - highs
  lows += ((highs - (sum - rounded)) + (value - rounded)) + error
  highs = sum
}
