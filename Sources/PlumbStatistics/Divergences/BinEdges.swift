import Glibc

/// Where bins of numbers meet, and to which side a value on an edge belongs.
package struct BinEdges: Sendable, Equatable {
  /// Ascending, without repeats.
  package let edges: [Double]
  package let shape: Shape

  /// What lies in a bin.
  package enum Shape: Sendable {
    /// Values above the lower edge up to and including the upper; the outer bins are open, so
    /// that there is one bin more than edges.
    case openRightClosed
    /// Values from the lower edge up to but not including the upper, the last bin with its upper
    /// edge; what lies outside belongs to no bin. One bin less than edges.
    case leftClosed
  }

  package init(_ edges: [Double], shape: Shape) {
    self.edges = edges
    self.shape = shape
  }

  package var binCount: Int {
    switch shape {
    case .openRightClosed: edges.count + 1
    case .leftClosed: max(0, edges.count - 1)
    }
  }

  /// Bins that hold equal shares of a sample in ascending order: cut at its quantiles (type 7),
  /// equal edges merged.
  package static func quantiles(
    of sorted: UnsafeBufferPointer<Double>, bins: Int
  ) -> BinEdges {
    var edges: [Double] = []
    for cut in 1..<max(bins, 2) {
      let edge = sorted.sortedQuantile(Double(cut) / Double(bins))
      if edges.last.map({ $0 < edge }) ?? true { edges.append(edge) }
    }
    return BinEdges(edges, shape: .openRightClosed)
  }

  /// The same of a sample in any order, which is not changed.
  package static func quantiles(
    ofUnsorted values: UnsafeBufferPointer<Double>, bins: Int
  ) -> BinEdges {
    let cuts = (1..<max(bins, 2)).map { Double($0) / Double(bins) }
    var edges: [Double] = []
    for edge in selectQuantiles(values, cuts) {
      if edges.last.map({ $0 < edge }) ?? true { edges.append(edge) }
    }
    return BinEdges(edges, shape: .openRightClosed)
  }

  /// Equally wide bins over a range; over a single value they span 1 around it.
  package static func equalWidth(_ range: ClosedRange<Double>, bins: Int) -> BinEdges {
    var (low, high) = (range.lowerBound, range.upperBound)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let count = max(1, bins)
    let step = (high - low) / Double(count)
    var edges = (0..<count).map { low + Double($0) * step }
    edges.append(high)
    return BinEdges(edges, shape: .leftClosed)
  }

  /// Equally wide bins after the rule of Sturges (1926), as NumPy applies it.
  package static func sturges(_ range: ClosedRange<Double>, count: Int) -> BinEdges {
    let width = (range.upperBound - range.lowerBound) / (log2(Double(max(count, 1))) + 1)
    return equalWidth(range, width: width)
  }

  /// Equally wide bins after the rule of Doane (1976), which allows for skewness, as NumPy
  /// applies it; absent over nothing.
  package static func doane(of sorted: UnsafeBufferPointer<Double>) -> BinEdges? {
    guard let low = sorted.first, let high = sorted.last else { return nil }
    let n = Double(sorted.count)
    var width = 0.0
    if sorted.count > 2 {
      let moments = sorted.moments
      let deviation = (moments.squaredDistances / n).squareRoot()
      if deviation > 0 {
        let mean = moments.mean
        var cubes = 0.0
        for value in sorted {
          let z = (value - mean) / deviation
          cubes += z * z * z
        }
        let spread = (6 * (n - 2) / ((n + 1) * (n + 3))).squareRoot()
        width = (high - low) / (1 + log2(n) + log2(1 + abs(cubes / n) / spread))
      }
    }
    return equalWidth(low...high, width: width)
  }

  private static func equalWidth(_ range: ClosedRange<Double>, width: Double) -> BinEdges {
    let span = range.upperBound - range.lowerBound
    guard width > 0, span > 0, span.isFinite else { return equalWidth(range, bins: 1) }
    return equalWidth(range, bins: Int((span / width).rounded(.up).clamped(1, 1_000_000)))
  }

  /// How many values of a sample in ascending order lie in each bin.
  package func counts(of sorted: UnsafeBufferPointer<Double>) -> [Int] {
    switch shape {
    case .openRightClosed:
      return counts(upTo: edges.map { sorted.countUpTo($0) } + [sorted.count])
    case .leftClosed:
      guard let last = edges.last else { return [] }
      let below = edges.dropLast().map { sorted.countBelow($0) }
      return counts(between: below + [sorted.countUpTo(last)])
    }
  }

  /// How many values of a sample in any order lie in each bin: a pass for each edge over values
  /// that are in the cache, without a branch.
  package func counts(ofUnsorted values: UnsafeBufferPointer<Double>) -> [Int] {
    let blockCount = 2048
    var below = [Int](repeating: 0, count: edges.count)
    var start = 0
    while start < values.count {
      let block = UnsafeBufferPointer(
        rebasing: values[start..<min(start + blockCount, values.count)])
      for (index, edge) in edges.enumerated() {
        // A value on an edge belongs to the bin behind it, but for the last one.
        let isBelow = shape == .leftClosed && index < edges.count - 1
        below[index] += block.plainCountUpTo(isBelow ? edge.nextDown : edge)
      }
      start += block.count
    }
    return shape == .leftClosed ? counts(between: below) : counts(upTo: below + [values.count])
  }

  /// The counts in bins from the counts up to each edge, of which the first bin has no lower one.
  private func counts(upTo sums: [Int]) -> [Int] {
    sums.indices.map { $0 == 0 ? sums[0] : sums[$0] - sums[$0 - 1] }
  }

  /// The counts in bins from the counts below each edge.
  private func counts(between sums: [Int]) -> [Int] {
    zip(sums.dropFirst(), sums).map { $0 - $1 }
  }

  /// The counts of both samples.
  package func counts(of pair: SortedPair) -> CountPair {
    var reference = counts(of: pair.reference)
    if let represented = pair.represented, represented.count > pair.reference.count {
      // Each of the quantiles stands for an equal share of the values.
      let scale = Double(represented.count) / Double(pair.reference.count)
      reference = reference.map { Int((Double($0) * scale).rounded()) }
    }
    return CountPair(reference: reference, current: counts(of: pair.current))
  }
}

extension UnsafeBufferPointer where Element == Double {
  /// How many of the values, in any order, are at most `value`.
  ///
  /// Eight at a time: written as a plain loop this is a branch for each value, ten times slower.
  fileprivate func plainCountUpTo(_ value: Double) -> Int {
    guard let baseAddress else { return 0 }
    var lanes = SIMD8<Int64>.zero
    let bound = SIMD8<Double>(repeating: value)
    var index = 0
    while index &+ 8 <= count {
      let eight = UnsafeRawPointer(baseAddress + index).loadUnaligned(as: SIMD8<Double>.self)
      lanes.replace(with: lanes &+ 1, where: eight .<= bound)
      index &+= 8
    }
    var found = Int(lanes.wrappedSum())
    while index < count {
      found &+= self[index] <= value ? 1 : 0
      index &+= 1
    }
    return found
  }
}

extension Double {
  fileprivate func clamped(_ low: Double, _ high: Double) -> Double { min(max(self, low), high) }
}
