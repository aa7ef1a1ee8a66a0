import CProcessor

/// Brings memory that is read once, upwards and with gaps, near the processor before it is read.
///
/// Where about one cache line in three is read, asking for all of them in a row is faster than
/// waiting for those few: the processor's own read-ahead sees no pattern in the gaps.
struct ReadAhead {
  private static let lineBytes = 64
  /// How far it goes before the reader.
  private static let distance = 8192

  private var next: UnsafeRawPointer
  private let end: UnsafeRawPointer

  /// For a reader of `count` elements that lie between `first` and `last`; absent where the gaps
  /// are so wide that most lines would be asked for in vain, or so narrow that there is no need.
  init?<Element>(from first: UnsafePointer<Element>, to last: UnsafePointer<Element>, count: Int) {
    let lines = (UnsafeRawPointer(last) - UnsafeRawPointer(first)) / Self.lineBytes
    guard lines > count, lines < count * 6 else { return nil }
    next = UnsafeRawPointer(first)
    end = UnsafeRawPointer(last)
  }

  /// Says that the reader has come to `address`.
  @inline(__always)
  mutating func advance<Element>(to address: UnsafePointer<Element>) {
    let goal = min(UnsafeRawPointer(address) + Self.distance, end)
    while next < goal {
      processor_prefetch_once(next)
      next += Self.lineBytes
    }
  }
}
