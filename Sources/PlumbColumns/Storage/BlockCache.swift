import Glibc
import Synchronization

/// Large blocks of memory that were given back, to be handed out again.
///
/// The kernel clears the pages of a new block, which costs as much as a pass over the data: a
/// third of the time of a window over 20 million rows. Blocks kept never hold more than the
/// buffers in use, and a new block is only asked for after kept ones of its size have been
/// returned, so that the process takes no more memory than was in use at once.
enum BlockCache {
  /// A block as it came from the kernel, in whole huge pages.
  struct Block {
    let address: UnsafeMutableRawPointer
    let byteCount: Int
  }

  /// Blocks that are kept however little is in use.
  private static let alwaysKeptBytes = 64 << 20
  private static let hugePageBytes = 2 << 20
  /// `MADV_HUGEPAGE`, which the C library's module does not export.
  private static let hugePagesAdvice: Int32 = 14

  /// Kept blocks, the oldest first, and their size in all.
  private struct Kept: ~Copyable {
    nonisolated(unsafe) var blocks: [Block] = []
    var byteCount = 0

    mutating func remove(at index: Int) -> Block {
      let block = blocks.remove(at: index)
      byteCount -= block.byteCount
      return block
    }
  }

  private static let kept = Mutex(Kept())

  /// A block of at least `byteCount` bytes, uninitialised; nil when the kernel has none.
  static func take(_ byteCount: Int) -> Block? {
    let size = (byteCount + hugePageBytes - 1) / hugePageBytes * hugePageBytes
    let known = kept.withLock { kept -> Block? in
      var best: Int?
      for (index, block) in kept.blocks.enumerated()
      where block.byteCount >= size && block.byteCount <= size + size / 4 {
        if block.byteCount < best.map({ kept.blocks[$0].byteCount }) ?? .max { best = index }
      }
      if let best { return kept.remove(at: best) }
      var returned = 0
      while returned < size, !kept.blocks.isEmpty {
        let block = kept.remove(at: 0)
        returned += block.byteCount
        munmap(block.address, block.byteCount)
      }
      return nil
    }
    if let known { return known }
    let mapped = mmap(
      nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { return nil }
    madvise(mapped, size, hugePagesAdvice)
    return Block(address: mapped, byteCount: size)
  }

  /// Gives all kept blocks back to the kernel.
  static func releaseAll() {
    let blocks = kept.withLock { kept in
      defer { kept = Kept() }
      return kept.blocks
    }
    for block in blocks { munmap(block.address, block.byteCount) }
  }

  /// Takes back a block that nobody uses any more.
  static func giveBack(_ block: Block) {
    let limit = max(alwaysKeptBytes, MemoryBudget.heldBytes)
    kept.withLock { kept in
      kept.blocks.append(block)
      kept.byteCount += block.byteCount
      while kept.byteCount > limit {
        let oldest = kept.remove(at: 0)
        munmap(oldest.address, oldest.byteCount)
      }
    }
  }
}
