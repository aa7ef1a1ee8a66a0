import PlumbColumns

/// A byte for each group and each integer of a window: whether the group has the value.
struct GroupMarks {
  /// The largest table. Beyond it a hash table takes less memory and fewer cache misses.
  private static let maximumBytes = 1 << 26

  /// The least value of the window, and the number of values in it.
  private var low = 0
  private var width = 0
  /// The bytes from one group to the next: never a multiple of 4 KiB, at which the groups' bytes
  /// of one value would all compete for the same few lines of the cache.
  private var stride: Int { width + 64 }
  private var groupCount = 0
  private var bytes = Buffer<UInt8>(count: 0)

  /// Makes the window hold `low...high` for all groups; false when the table would get too large.
  mutating func cover(_ low: Int, _ high: Int, groupCount: Int) -> Bool {
    let isInside = width > 0 && low >= self.low && high <= self.low + (width - 1)
    if isInside, groupCount <= self.groupCount { return true }
    let newLow = width == 0 ? low : min(low, self.low)
    let newHigh = width == 0 ? high : max(high, self.low + width - 1)
    let (span, overflow) = newHigh.subtractingReportingOverflow(newLow)
    guard !overflow, span < Self.maximumBytes else { return false }
    // Room to grow, so that a rising value does not move the table with each batch.
    var newWidth = isInside ? width : 64
    while newWidth <= span { newWidth *= 2 }
    var newGroups = max(groupCount, 1)
    if newGroups > self.groupCount, self.groupCount > 0 {
      newGroups = max(newGroups, self.groupCount * 2)
    }
    if newGroups * (newWidth + 64) > Self.maximumBytes { newGroups = max(groupCount, 1) }
    guard newGroups * (newWidth + 64) <= Self.maximumBytes else { return false }
    guard newLow.addingReportingOverflow(newWidth).overflow == false else { return false }
    move(low: newLow, width: newWidth, groupCount: newGroups)
    return true
  }

  private mutating func move(low: Int, width: Int, groupCount: Int) {
    let larger = Buffer<UInt8>(repeating: 0, count: groupCount * (width + 64))
    for group in 0..<self.groupCount {
      (larger.base + group * (width + 64) + (self.low - low))
        .update(from: bytes.base + group * stride, count: self.width)
    }
    self.low = low
    self.width = width
    self.groupCount = groupCount
    bytes = larger
  }

  /// Marks values that the window covers.
  @inline(__always)
  func mark<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Integer>, _ groups: UnsafePointer<UInt32>?, _ count: Int
  ) {
    let origin = bytes.base
    let (low, stride) = (low, stride)
    if let groups {
      for row in 0..<count {
        let place = Int(groups[row]) &* stride &+ (Int(truncatingIfNeeded: values[row]) &- low)
        origin[place] = 1
      }
    } else {
      for row in 0..<count { origin[Int(truncatingIfNeeded: values[row]) &- low] = 1 }
    }
  }

  /// The number of marked values of a group.
  func count(of group: Int) -> Int {
    guard group < groupCount else { return 0 }
    let row = bytes.base + group * stride
    var count = 0
    for value in 0..<width { count &+= Int(row[value]) }
    return count
  }

  func forEachMark(_ body: (_ group: Int, _ value: Int) -> Void) {
    for group in 0..<groupCount {
      for value in 0..<width where bytes.base[group * stride + value] != 0 {
        body(group, low + value)
      }
    }
  }
}
