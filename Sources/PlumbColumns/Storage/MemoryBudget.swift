import Synchronization

/// The bytes that all buffers of the process hold, for the limit of `--memory-limit`.
///
/// The count is kept per process: that is what a machine runs out of. A run compares it with its
/// own limit once per batch (`RunControl.check`).
package enum MemoryBudget {
  private static let held = Atomic<Int>(0)

  /// The bytes that buffers hold now.
  package static var heldBytes: Int { held.load(ordering: .relaxed) }

  /// Gives memory that no buffer uses, kept for the next one, back to the system: at the end of a
  /// load, whose blocks nothing later asks for.
  package static func releaseUnused() { BlockCache.releaseAll() }

  static func add(_ byteCount: Int) { held.add(byteCount, ordering: .relaxed) }
  static func remove(_ byteCount: Int) { held.subtract(byteCount, ordering: .relaxed) }
}
