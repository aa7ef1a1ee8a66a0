import CPCRE2
import Glibc
import PlumbSystem

/// The working memory of a match: used by one thread at a time.
final class MatchScratch: @unchecked Sendable {
  private let data: OpaquePointer?
  private let context: OpaquePointer?
  private let stack: OpaquePointer?
  private let watch: UnsafeMutablePointer<Watch>

  /// What the callout of a timed match looks at.
  private struct Watch {
    var callCount = 0
    var deadlineMicroseconds = 0
  }

  private static let stackBytes = 1 << 20
  /// PCRE2 counts its heap in units of 1,024 bytes.
  private static let heapLimitKibibytes: UInt32 = 32 << 10
  private static let timedStepLimit: UInt32 = 50_000_000

  init(groupCount: Int) {
    data = pcre2_match_data_create_8(UInt32(groupCount + 1), nil)
    context = pcre2_match_context_create_8(nil)
    stack = pcre2_jit_stack_create_8(32 << 10, Self.stackBytes, nil)
    watch = .allocate(capacity: 1)
    watch.initialize(to: Watch())
    pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    pcre2_set_heap_limit_8(context, Self.heapLimitKibibytes)
    pcre2_set_depth_limit_8(context, Self.timedStepLimit)
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    pcre2_jit_stack_free_8(stack)
    watch.deallocate()
  }

  /// Runs a program on a text, with PCRE2's result.
  ///
  /// Without a step limit the program must have been compiled with callouts, and the clock is the
  /// limit.
  func match(
    _ program: CompiledPattern, _ text: UnsafeBufferPointer<UInt8>, _ start: Int,
    _ options: UInt32, stepLimit: UInt32?
  ) -> Int32 {
    if let stepLimit {
      pcre2_set_match_limit_8(context, stepLimit)
      pcre2_set_callout_8(context, nil, nil)
    } else {
      watch.pointee = Watch(
        callCount: 0,
        deadlineMicroseconds: monotonicMicroseconds() + RegularExpression.timeLimitMicroseconds)
      pcre2_set_match_limit_8(context, Self.timedStepLimit)
      pcre2_set_callout_8(context, callout, watch)
    }
    // An empty buffer may have no address; the library wants one.
    var nothing: UInt8 = 0
    return withUnsafePointer(to: &nothing) { nothing in
      pcre2_match_8(
        program.code, text.baseAddress ?? nothing, text.count, start,
        options | PCRE2_NO_UTF_CHECK, data, context)
    }
  }

  private let callout:
    @convention(c) (
      UnsafeMutablePointer<pcre2_callout_block_8>?, UnsafeMutableRawPointer?
    ) -> Int32 = {
      _, memory in
      guard let watch = memory?.assumingMemoryBound(to: Watch.self) else { return 0 }
      watch.pointee.callCount &+= 1
      guard watch.pointee.callCount & 0x3F == 0 else { return 0 }
      return monotonicMicroseconds() < watch.pointee.deadlineMicroseconds
        ? 0 : PCRE2_ERROR_MATCHLIMIT
    }

  /// The byte ranges of the last match's whole and groups; nil for a group that took no part.
  func ranges(_ count: Int) -> [Range<Int>?] {
    guard let bounds = pcre2_get_ovector_pointer_8(data) else { return [] }
    return (0..<count).map { group in
      let (start, end) = (bounds[group * 2], bounds[group * 2 + 1])
      // Unset bounds are -1; `\K` in a lookahead may put the start behind the end.
      return start < 0 || start > end ? nil : start..<end
    }
  }
}

private func monotonicMicroseconds() -> Int { monotonicNanoseconds() / 1_000 }
