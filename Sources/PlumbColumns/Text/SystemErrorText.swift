import Glibc

/// What the system says of an error number, as the end of a sentence: `no such file or directory`.
package func systemErrorText(_ code: Int32) -> String {
  let text = String(cString: strerror(code))
  return text.prefix(1).lowercased() + text.dropFirst()
}
