/// Numbers in order that come and go: what the quantiles of a moving frame are read from.
///
/// Kept in blocks of at most a few thousand values, so that adding and taking out a value moves
/// few others; a frame of some hundred rows is one block. NaN may not be added.
package struct SortedValues: Sendable {
  private var blocks: [[Double]] = []
  package private(set) var count = 0

  private static let blockLimit = 2048

  package init() {}

  /// Takes all values out.
  package mutating func removeAll() {
    blocks.removeAll(keepingCapacity: true)
    count = 0
  }

  /// Puts a value at its place.
  package mutating func add(_ value: Double) {
    count += 1
    guard !blocks.isEmpty else { return blocks.append([value]) }
    let index = min(firstBlock(reaching: value), blocks.count - 1)
    blocks[index].insert(value, at: place(of: value, in: blocks[index]))
    if blocks[index].count > Self.blockLimit {
      let upper = Array(blocks[index][(Self.blockLimit / 2)...])
      blocks[index].removeSubrange((Self.blockLimit / 2)...)
      blocks.insert(upper, at: index + 1)
    }
  }

  /// Takes out a value that was added before.
  package mutating func remove(_ value: Double) {
    let index = firstBlock(reaching: value)
    guard index < blocks.count else { return }
    let place = place(of: value, in: blocks[index])
    guard blocks[index][place] == value else { return }
    blocks[index].remove(at: place)
    if blocks[index].isEmpty { blocks.remove(at: index) }
    count -= 1
  }

  /// The quantile `p` (0...1) as `selectQuantile` has it; NaN over nothing.
  package func quantile(_ p: Double) -> Double {
    guard count > 0 else { return .nan }
    let place = QuantilePlace(p, count: count)
    var (rank, index) = (place.rank, 0)
    while rank >= blocks[index].count {
      rank -= blocks[index].count
      index += 1
    }
    let lower = blocks[index][rank]
    guard place.fraction > 0 else { return lower }
    let upper = rank + 1 < blocks[index].count ? blocks[index][rank + 1] : blocks[index + 1][0]
    return place.interpolate(lower, upper)
  }

  /// The first block whose last value is not below the given one; the number of blocks if none.
  private func firstBlock(reaching value: Double) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle][blocks[middle].count - 1] < value {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// The place of the first value of a block that is not below the given one.
  private func place(of value: Double, in block: [Double]) -> Int {
    var (low, high) = (0, block.count)
    while low < high {
      let middle = (low + high) / 2
      if block[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
