import CMalloc
import Glibc
import Synchronization

/// The bytes that the process holds, for the limit of `--memory-limit`.
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

  /// The bytes of memory that the process has in use and could not read from a file again.
  ///
  /// Beside buffers this counts lists, texts and what a library holds. Costs some microseconds.
  static func residentBytes() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { return 0 }
      // Pages in all, resident, shared with files, …
      let fields = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
      guard fields.count > 2, let resident = Int(fields[1]), let shared = Int(fields[2]) else {
        return 0
      }
      return max(0, resident - shared) * pageBytes
    }
  }

  /// Gives back also what the allocator keeps for later use.
  static func returnFreedMemory() {
    releaseUnused()
    malloc_trim(0)
  }

  private static let pageBytes = max(1, sysconf(Int32(_SC_PAGESIZE)))
}
