import Glibc

/// A system call that failed, by its `errno`.
package struct SystemError: Error, Equatable {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// What the system says of it, as the end of a sentence: `no such file or directory`.
  package var text: String { systemErrorText(code) }
}

/// What the system says of an error number, as the end of a sentence: `no such file or directory`.
package func systemErrorText(_ code: Int32) -> String {
  let text = String(cString: strerror(code))
  return text.prefix(1).lowercased() + text.dropFirst()
}
