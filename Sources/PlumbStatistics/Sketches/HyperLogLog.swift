import Glibc

/// The estimate of a HyperLogLog sketch from its registers, each the greatest rank (the position
/// of the first set bit, from 1) of the hashes that fell to it; 0 for none.
///
/// Ertl 2017, "New cardinality estimation algorithms for HyperLogLog sketches", algorithm 6: no
/// table of corrections, and no jump between ranges. The relative error is about 1.04 over the
/// square root of the number of registers.
package func hyperLogLogEstimate(_ registers: UnsafeBufferPointer<UInt8>, rankBits: Int) -> Double {
  var counts = [Int](repeating: 0, count: rankBits + 2)
  for register in registers { counts[min(Int(register), rankBits + 1)] += 1 }
  let size = Double(registers.count)
  var sum = size * tau(1 - Double(counts[rankBits + 1]) / size)
  var rank = rankBits
  while rank >= 1 {
    sum = 0.5 * (sum + Double(counts[rank]))
    rank -= 1
  }
  sum += size * sigma(Double(counts[0]) / size)
  return size * size / (2 * log(2.0)) / sum
}

private func sigma(_ start: Double) -> Double {
  if start == 1 { return .infinity }
  var (x, y, sum) = (start, 1.0, start)
  while true {
    x *= x
    let before = sum
    sum += x * y
    y += y
    if sum == before { return sum }
  }
}

private func tau(_ start: Double) -> Double {
  if start == 0 || start == 1 { return 0 }
  var (x, y, sum) = (start, 1.0, 1 - start)
  while true {
    x = x.squareRoot()
    let before = sum
    y *= 0.5
    sum -= (1 - x) * (1 - x) * y
    if sum == before { return sum / 3 }
  }
}
