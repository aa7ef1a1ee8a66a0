/// Sums over pairs: what correlation and regression need.
@usableFromInline
package struct PairMoments: BitwiseCopyable, Sendable {
  @usableFromInline package var x: Moments
  @usableFromInline package var y: Moments
  @usableFromInline package var products: ExactProductSum

  @inlinable package init() {
    x = Moments()
    y = Moments()
    products = ExactProductSum()
  }

  /// Takes a pair in.
  @inlinable @inline(__always)
  package mutating func add(_ first: Double, _ second: Double) {
    x.add(first)
    y.add(second)
    products.addProduct(first, second)
  }

  /// Takes in what another sum has seen.
  @inlinable @inline(__always)
  package mutating func merge(_ other: PairMoments) {
    x.merge(other.x)
    y.merge(other.y)
    products.merge(other.products)
  }

  /// The sum of the products of the distances from the means.
  package var crossDistances: Double {
    guard x.sum.high.isFinite, y.sum.high.isFinite else { return .nan }
    let mean = x.sum.doubleDouble / Double(x.count)
    return (products.doubleDouble - mean * y.sum.doubleDouble).value
  }

  /// Pearson's correlation; absent for fewer than two pairs or where one side is constant.
  package var correlation: Double? {
    guard x.count > 1, !x.isConstant, !y.isConstant else { return nil }
    let (spreadX, spreadY) = (x.squaredDistances, y.squaredDistances)
    if spreadX == 0 || spreadY == 0 { return nil }
    // One root of the product rounds once, so that points on a line give 1; two roots are for
    // products that leave the range of a double.
    let product = spreadX * spreadY
    let scale =
      product.isNormal ? product.squareRoot() : spreadX.squareRoot() * spreadY.squareRoot()
    let ratio = crossDistances / scale
    return ratio.isNaN ? .nan : min(1, max(-1, ratio))
  }

  /// The slope of the least-squares line of x on y; absent where y is constant.
  package var slopeOfFirst: Double? {
    guard y.count > 1 else { return nil }
    let spread = y.squaredDistances
    return spread == 0 ? nil : crossDistances / spread
  }

  /// The mean of x weighted by y; absent over nothing and where the weights sum to 0.
  package var weightedMean: Double? {
    let weights = y.sum.value
    if y.count == 0 || weights == 0 { return nil }
    guard x.sum.high.isFinite, weights.isFinite else { return .nan }
    return products.doubleDouble.value / weights
  }
}
