import PlumbColumns
import Synchronization

/// Which rows of a join's right side have found a match, noted by all threads.
final class MatchedRows: @unchecked Sendable {
  // The flags are atomic; all threads write the same value.
  private let flags: UnsafeMutablePointer<Atomic<UInt8>>
  private let count: Int

  init(count: Int) {
    self.count = count
    flags = .allocate(capacity: max(1, count))
    for row in 0..<count { (flags + row).initialize(to: Atomic(0)) }
  }

  deinit {
    flags.deinitialize(count: count)
    flags.deallocate()
  }

  /// Notes rows; `UInt32.max` is none.
  func note(_ rows: Values<UInt32>) {
    for index in 0..<rows.count where rows[index] != .max {
      flags[Int(rows[index])].store(1, ordering: .relaxed)
    }
  }

  /// The rows that were never noted.
  var missing: Values<UInt32> {
    Values(
      (0..<count).filter { flags[$0].load(ordering: .relaxed) == 0 }.map {
        UInt32(truncatingIfNeeded: $0)
      })
  }
}
