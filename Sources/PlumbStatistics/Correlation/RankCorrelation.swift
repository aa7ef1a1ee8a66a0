/// Spearman's rank correlation of pairs without NaN; absent for fewer than two pairs or where one
/// side is constant.
///
/// Pearson's correlation of the ranks, tied values sharing the mean of theirs (Kendall 1945).
package func rankCorrelation(
  _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>
) -> Double? {
  let (ranksX, ranksY) = (meanRanks(x), meanRanks(y))
  var sums = PairMoments()
  for index in 0..<min(ranksX.count, ranksY.count) { sums.add(ranksX[index], ranksY[index]) }
  return sums.correlation
}

/// The rank of each value from 1, tied values sharing the mean of their ranks.
package func meanRanks(_ values: UnsafeBufferPointer<Double>) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    let rank = Double(start + end + 1) / 2
    for position in start..<end { ranks[order[position]] = rank }
    start = end
  }
  return ranks
}
