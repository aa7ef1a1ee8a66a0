/// The rows that an aggregate in a window sees, relative to the current row.
package struct RowFrame: Sendable, Hashable {
  /// The first row; absent for the group's first.
  package let lower: Int?
  /// The last row; absent for the group's last.
  package let upper: Int?

  package init(lower: Int?, upper: Int?) {
    self.lower = lower
    self.upper = upper
  }

  /// All rows of the group.
  package static let wholeGroup = RowFrame(lower: nil, upper: nil)

  /// The rows of the frame of `row` within a group, as a half-open range; empty ranges lie within
  /// the group too, and both bounds never fall as `row` rises.
  @inline(__always)
  func bounds(_ row: Int, start: Int, end: Int) -> (from: Int, to: Int) {
    var to = end
    if let upper {
      let (last, overflow) = row.addingReportingOverflow(upper)
      to = overflow ? (upper < 0 ? start : end) : max(start, min(end, last < end ? last + 1 : end))
    }
    var from = start
    if let lower {
      let (first, overflow) = row.addingReportingOverflow(lower)
      from = overflow ? (lower < 0 ? start : end) : max(start, first)
    }
    return (min(from, to), to)
  }
}
