import CMalloc
import Glibc

/// A block of memory for fixed-width elements, freed with its last reference.
///
/// A buffer is written only by the one who made it and never after it has been put in a column;
/// that makes sharing it between threads safe.
@usableFromInline
package final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The first element. Uninitialised until written.
  @usableFromInline package let base: UnsafeMutablePointer<Element>
  @usableFromInline package let count: Int
  @usableFromInline let allocation: Allocation

  /// Makes room for `count` elements, uninitialised.
  @usableFromInline package init(count: Int) {
    self.count = count
    allocation = Allocation(byteCount: count * MemoryLayout<Element>.stride)
    base = allocation.address.bindMemory(to: Element.self, capacity: Swift.max(count, 1))
  }

  /// Makes a buffer of `count` equal elements.
  @inlinable
  package convenience init(repeating value: Element, count: Int) {
    self.init(count: count)
    base.update(repeating: value, count: count)
  }

  /// Copies the elements of a collection.
  package convenience init(_ elements: [Element]) {
    self.init(count: elements.count)
    elements.withUnsafeBufferPointer { source in
      if let address = source.baseAddress { base.update(from: address, count: source.count) }
    }
  }

  package var byteCount: Int { count * MemoryLayout<Element>.stride }
}

/// Memory from the allocator, or for large blocks from the kernel in huge pages.
///
/// First-touch faults on 4 KiB pages cost as much as a pass over the data; 2 MiB pages do not.
@usableFromInline
final class Allocation: @unchecked Sendable {
  @usableFromInline let address: UnsafeMutableRawPointer
  private let byteCount: Int
  /// The block, if the memory is not the allocator's.
  private let block: BlockCache.Block?

  private static let blocksFromBytes = 4 << 20

  /// Whether the allocator was told to keep what batches give back.
  ///
  /// By default it returns the top of its heaps to the kernel whenever 128 KiB are free, and each
  /// batch pays for cleared pages anew: a filter and a join over 20 million rows take twice as
  /// long. Larger blocks than these come from `BlockCache`.
  private static let keepsFreedMemory =
    mallopt(M_TRIM_THRESHOLD, 128 << 20) != 0 && mallopt(M_MMAP_THRESHOLD, 8 << 20) != 0

  init(byteCount: Int) {
    self.byteCount = byteCount
    _ = Self.keepsFreedMemory
    block = byteCount >= Self.blocksFromBytes ? BlockCache.take(byteCount) : nil
    address =
      block?.address ?? .allocate(byteCount: Swift.max(byteCount, 64), alignment: 64)
    MemoryBudget.add(byteCount)
  }

  deinit {
    MemoryBudget.remove(byteCount)
    if let block { BlockCache.giveBack(block) } else { address.deallocate() }
  }
}
