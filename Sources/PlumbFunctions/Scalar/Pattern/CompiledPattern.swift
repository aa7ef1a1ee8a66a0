import CPCRE2

/// A pattern's program, freed with its last reference.
///
/// It is never written after it was made, so threads may share it.
final class CompiledPattern: @unchecked Sendable {
  let code: OpaquePointer

  /// Compiles a pattern with PCRE2's `options` besides those that all patterns have.
  init(_ pattern: String, options: UInt32) throws(FunctionError) {
    guard pattern.utf8.count <= RegularExpression.maximumPatternBytes else {
      throw FunctionError(
        "a regular expression of \(pattern.utf8.count) bytes is too long (the limit is "
          + "\(RegularExpression.maximumPatternBytes))")
    }
    // Letters, digits and case are Unicode's, as in Python. `\C` would match half a character.
    let all = options | PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
    var errorCode: Int32 = 0
    var errorOffset = 0
    var text = pattern
    let compiled = text.withUTF8 { bytes in
      pcre2_compile_8(bytes.baseAddress, bytes.count, all, &errorCode, &errorOffset, nil)
    }
    guard let compiled else {
      throw CompiledPattern.error(pattern, code: errorCode, byteOffset: errorOffset)
    }
    code = compiled
    // Where there is no just-in-time compiler, the interpreter does the same, slower.
    _ = pcre2_jit_compile_8(compiled, PCRE2_JIT_COMPLETE)
  }

  deinit { pcre2_code_free_8(code) }

  private static func error(_ pattern: String, code: Int32, byteOffset: Int) -> FunctionError {
    var message = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(code, &message, message.count)
    let text = String(decoding: message.prefix(Int(max(0, length))), as: UTF8.self)
    let before = String(decoding: pattern.utf8.prefix(byteOffset), as: UTF8.self)
    let shown = pattern.count > 60 ? pattern.prefix(59) + "…" : pattern[...]
    return FunctionError(
      "`\(shown)` is not a regular expression: \(text), at character \(before.count + 1)",
      hint: "write a backslash before a character that is meant as itself, as in r\"\\.\"")
  }

  /// The number of groups in parentheses.
  var groupCount: Int {
    var count: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    return Int(count)
  }

  /// The named groups with their numbers.
  func groupNames() -> [String: Int] {
    var count: UInt32 = 0
    var entryBytes: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &entryBytes)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [:] }
    var names: [String: Int] = [:]
    for index in 0..<Int(count) {
      // An entry is the number in two bytes, then the name up to a zero byte.
      let entry = table + index * Int(entryBytes)
      let name = String(cString: entry + 2)
      names[name] = Int(entry[0]) << 8 | Int(entry[1])
    }
    return names
  }
}
