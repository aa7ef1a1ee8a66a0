import PlumbColumns

/// The values of a batch brought together by group: a counting sort within the cache.
///
/// A sum that keeps its rounding errors takes some ten operations a value. Over a run of one
/// group's values these go in lanes and stay in registers; in the order of the rows each would
/// load and store its group's state, and wait where the last row was of the same group.
struct ValuesByGroup {
  /// The values a group should have on average.
  static let leastRows = 64

  let groupCount: Int
  let values: Buffer<Double>
  /// Where each group begins, and the end of the last.
  let starts: Buffer<UInt32>
  /// Where the next value of each group goes.
  private let next: Buffer<UInt32>

  init(groupCount: Int, valueCount: Int) {
    self.groupCount = groupCount
    values = Buffer(count: valueCount)
    starts = Buffer(count: groupCount + 1)
    next = Buffer(repeating: 0, count: groupCount)
  }

  /// Takes note of how many values each group has.
  func count(_ groups: UnsafePointer<UInt32>, _ rows: Int) {
    let counts = next.base
    for row in 0..<rows { counts[Int(groups[row])] &+= 1 }
  }

  /// Gives each group its place, once all have been counted.
  func layOut() {
    var total: UInt32 = 0
    for group in 0..<groupCount {
      let length = next.base[group]
      starts.base[group] = total
      next.base[group] = total
      total &+= length
    }
    starts.base[groupCount] = total
  }

  /// Puts values where their groups lie.
  func place(_ source: UnsafePointer<Double>, _ groups: UnsafePointer<UInt32>, _ rows: Int) {
    let (places, target) = (next.base, values.base)
    for row in 0..<rows {
      let group = Int(groups[row])
      target[Int(places[group])] = source[row]
      places[group] &+= 1
    }
  }
}
